using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Sigma.Archive.Files;

/// <summary>
/// SQLite files, written by one connection and read by others meanwhile. A commit is on the disk when it returns. Connections are not pooled: a
/// deleted file must not be held open.
/// </summary>
internal static class SqliteFile
{
    const int Corrupt = 11, Full = 13, NotADatabase = 26;

    static readonly string[] Beside = ["", "-wal", "-shm"];

    /// <summary>What stands in the name of a file that was put aside, and at the end of that of its reason.</summary>
    public const string Aside = ".corrupt-", ReasonOfAside = ".reason";

    /// <summary>Opens a file for its one writer, and makes it when it is not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="version">Of the schema, kept in the file.</param>
    /// <param name="schema">Statements that make it.</param>
    /// <exception cref="InvalidOperationException">The file is of a later version of the archive.</exception>
    public static SqliteConnection Write(string path, int version, string schema)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // The page size counts only for a file that is new.
            connection.Execute("pragma page_size = 8192; pragma journal_mode = wal; pragma synchronous = full");
            connection.Execute("pragma journal_size_limit = 67108864");
            var found = connection.ExecuteScalar<int>("pragma user_version");
            if (found > version)
                throw new InvalidOperationException($"{path} is of version {found}, which this archive does not know; it knows {version}");
            if (found < version)
                connection.Execute($"begin immediate; {schema}; pragma user_version = {version}; commit");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file for reading; null when it is not there, or not made yet.</summary>
    public static SqliteConnection? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        SqliteConnection connection;
        try
        {
            connection = Open(path, SqliteOpenMode.ReadWrite); // a reader too writes into the memory that is shared
        }
        catch (SqliteException) when (!File.Exists(path))
        {
            return null; // deleted meanwhile
        }
        try
        {
            connection.Execute("pragma query_only = 1");
            if (connection.ExecuteScalar<int>("pragma user_version") > 0)
                return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        connection.Dispose();
        return null;
    }

    public static bool IsCorrupt(Exception exception) => exception is SqliteException { SqliteErrorCode: Corrupt or NotADatabase };

    /// <summary>Whether there is no room on the disk. The transaction is rolled back then, and the connection is good for another try.</summary>
    public static bool IsFull(Exception exception) => exception is SqliteException { SqliteErrorCode: Full };

    /// <summary>Gives a file another name, so that a new one takes its place, and writes the reason beside it. Returns that name.</summary>
    public static string PutAside(string path, string reason, DateTimeOffset now)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{path}{Aside}{now:yyyyMMddHHmmssfff}");
        foreach (var part in Beside)
            if (File.Exists(path + part))
                File.Move(path + part, aside + part);
        try
        {
            File.WriteAllText(aside + ReasonOfAside, reason + Environment.NewLine);
        }
        catch (IOException)
        {
            // the disk is full too: the log has the reason
        }
        ArchiveTelemetry.FilesDamaged.Add(1, new KeyValuePair<string, object?>("kind", Path.GetFileName(path).Split('-', '.')[0]));
        return aside;
    }

    public static void Delete(string path)
    {
        foreach (var part in Beside)
            File.Delete(path + part);
    }

    static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 5, // s that it waits for whoever else has the file
        }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
