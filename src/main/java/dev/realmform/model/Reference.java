package dev.realmform.model;

/**
 * That a resource refers to another.
 *
 * @param to what it refers to
 * @param at the field that holds the reference
 */
public record Reference(Address to, Path at) {}
