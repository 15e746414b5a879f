namespace Sigma.TestServers;

/// <summary>Which of the family a database server is.</summary>
public enum DatabaseKind
{
    /// <summary>Oracle's.</summary>
    MySql,

    /// <summary>The MariaDB Foundation's.</summary>
    MariaDb
}
