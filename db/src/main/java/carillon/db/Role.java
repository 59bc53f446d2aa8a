package carillon.db;

/** What an operator may do. */
public enum Role {
    VIEWER,
    OPERATOR,
    ADMINISTRATOR
}
