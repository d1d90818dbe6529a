package dev.realmform.model;

import java.util.List;
import java.util.Set;

/** What was looked at on a server, and whether it works; in the order in which it is told. */
public record Proof(List<Check> checks) {

    public Proof {
        checks = List.copyOf(checks);
    }

    /** Whether nothing was found that does not work. */
    public boolean holds() {
        return checks.stream().noneMatch(check -> check.status() == Status.FAILS);
    }

    /** How many things do not work. */
    public int faults() {
        return checks.stream().mapToInt(check -> check.faults().size()).sum();
    }

    /** How a check ended. */
    public enum Status {
        WORKS, FAILS,
        /** Nothing is wrong, and somebody should know it: who is waited for, what was not looked at. */
        NOTE
    }

    /**
     * One thing that was looked at.
     *
     * @param about what it is about: {@code team group1}, {@code client osmo-device}
     * @param says  what was seen, in a few words; may be empty
     */
    public record Check(Status status, String about, String says, List<Fault> faults) {

        public Check {
            faults = List.copyOf(faults);
        }

        public static Check works(String about, String says) {
            return new Check(Status.WORKS, about, says, List.of());
        }

        public static Check note(String about, String says) {
            return new Check(Status.NOTE, about, says, List.of());
        }

        public static Check fails(String about, String says, List<Fault> faults) {
            return new Check(Status.FAILS, about, says, faults);
        }

        /** Works if there are no faults. */
        public static Check of(String about, String says, List<Fault> faults) {
            return faults.isEmpty() ? works(about, says) : fails(about, "", faults);
        }
    }

    /**
     * Something that does not work.
     *
     * @param what     what is seen of it
     * @param cause    why; may be empty
     * @param remedy   what to do
     * @param concerns who suffers from it; may be empty
     */
    public record Fault(String what, String cause, String remedy, List<String> concerns) {
        public Fault {
            concerns = List.copyOf(concerns);
        }

        public Fault(String what, String cause, String remedy) {
            this(what, cause, remedy, List.of());
        }
    }

    /**
     * What helps: an apply, where the plan has something to say about what is wrong.
     *
     * @param pending what the plan changes
     * @param command the apply, as a command line
     */
    public record Cure(Set<Address> pending, String command) {
        public Cure {
            pending = Set.copyOf(pending);
        }

        /** What to do about something that is wrong with a resource. */
        public String of(Address wrong, String otherwise) {
            return pending.contains(wrong) ? command : otherwise;
        }
    }
}
