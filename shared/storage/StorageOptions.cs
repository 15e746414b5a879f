using System.ComponentModel.DataAnnotations;

namespace Sigma.Storage;

/// <summary>Where the state is kept. Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary><c>MySql</c> (MySQL 8.0 or newer, MariaDB 10.11 or newer) or <c>Sqlite</c> (one process only).</summary>
    [Required]
    public StorageProvider? Provider { get; set; } = StorageProvider.MySql;

    /// <summary>An ADO.NET connection string, or a <c>mysql://user:password@host:port/database</c> address.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// How long a start puts up with a database that refuses the user, the password or the database's name: a new server may still be about to create
    /// them.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan DenialPatience { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>The kinds of database.</summary>
public enum StorageProvider
{
    /// <summary>MySQL or MariaDB, for the services.</summary>
    MySql,

    /// <summary>One SQLite file, for the standalone host.</summary>
    Sqlite,
}
