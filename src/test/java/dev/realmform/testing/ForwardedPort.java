package dev.realmform.testing;

import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;

/**
 * What an API server does with one connection of a port-forward: bytes on channel 0 go to a port of this machine and come back;
 * channel 1 is for errors. Each channel begins with the number of the port.
 */
final class ForwardedPort extends WebSocketListener {

    private final int port;
    private volatile Optional<Socket> pod = Optional.empty();

    ForwardedPort(int port) {
        this.port = port;
    }

    @Override
    public void onOpen(WebSocket client, Response response) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            pod = Optional.of(socket);
            client.send(new byte[]{0, (byte) port, (byte) (port >> 8)});
            client.send(new byte[]{1, (byte) port, (byte) (port >> 8)});
            Thread.ofVirtual().start(() -> back(socket, client));
        } catch (IOException e) {
            client.close(1011, "no such port");
        }
    }

    private static void back(Socket socket, WebSocket client) {
        byte[] buffer = new byte[16 * 1024];
        try {
            int read = socket.getInputStream().read(buffer, 1, buffer.length - 1);
            while (read >= 0) {
                client.send(Arrays.copyOf(buffer, read + 1));
                read = socket.getInputStream().read(buffer, 1, buffer.length - 1);
            }
        } catch (IOException e) {
            // closed by the other side
        }
        client.close(1000, "done");
    }

    @Override
    public void onMessage(WebSocket client, byte[] bytes) {
        if (bytes.length > 1 && bytes[0] == 0) {
            pod.ifPresent(socket -> {
                try {
                    socket.getOutputStream().write(bytes, 1, bytes.length - 1);
                } catch (IOException e) {
                    client.close(1011, "the pod is gone");
                }
            });
        }
    }

    @Override
    public void onClosed(WebSocket client, int code, String reason) {
        pod.ifPresent(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
