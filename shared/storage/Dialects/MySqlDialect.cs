using System.Data.Common;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MySqlConnector;
using Sigma.Storage.Schema;

namespace Sigma.Storage;

/// <summary>MySQL and MariaDB through MySqlConnector, which nothing else in the product touches.</summary>
internal sealed class MySqlDialect : IDialect
{
    // Seconds between two statements of a transaction: far more than a healthy process pauses. A statement itself, and its wait for a lock, may take
    // longer.
    const int TransactionPatience = 30;

    // Between transactions a connection waits in the pool for as long as the server is set to let it.
    const string Rest = "set session wait_timeout = default";

    // A null (1048, 1263, 1364), a number (1264, 1690), a text or time (1265, 1292, 1300, 1366, 1406, 1411), a foreign key (1216, 1217, 1451, 1452),
    // JSON (3140, 3141, 3156), a check (3819, and MariaDB's 4025).
    static readonly HashSet<int> Refusals =
        [1048, 1216, 1217, 1263, 1264, 1265, 1292, 1300, 1364, 1366, 1406, 1411, 1451, 1452, 1690, 3140, 3141, 3156, 3819, 4025];

    // Access (1044, 1045, 1130, 1698), no such database (1049), no right to a table (1142), a way to sign in that is unknown here (1251), a password
    // out of date or an account locked (1820, 1862, 3118, 4151).
    static readonly HashSet<int> Denials = [1044, 1045, 1049, 1130, 1142, 1251, 1698, 1820, 1862, 3118, 4151];

    // Whatever the server is: to ask it would take a connection, and MariaDB understands what this version is told.
    static readonly MySqlServerVersion Version = new(new Version(8, 0, 36));

    public string Name => "MySql";
    public string InsertIgnore => "insert ignore";
    public string ForUpdate => "for update";
    public string ForUpdateSkipLocked => "for update skip locked";
    public string ForShare => "lock in share mode"; // MariaDB has no FOR SHARE, MySQL takes both

    public DbConnection Connect(string connectionString)
    {
        var settings = Complete(connectionString);
        // The driver's own check asks an authority's list of revoked certificates, which a station's own authority does not have.
        var verified = settings is { SslMode: MySqlSslMode.VerifyFull, SslCa: null or "" };
        if (verified)
            settings.SslMode = MySqlSslMode.Required;
        var connection = new MySqlConnection(settings.ConnectionString);
        if (verified)
            connection.RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None;
        return connection;
    }

    // Columns of the type TIMESTAMP are converted through the session's zone: everything stored is UTC.
    public string Prepare => "set time_zone = '+00:00'";

    // The rollback: a pooled connection whose last user could not even roll back must not have that work committed by our begin.
    // The time-out: a process that is frozen, or whose machine or network is gone, keeps its locks until the server ends its silent session, else
    // after eight hours.
    public string Begin => $"rollback; set session wait_timeout = {TransactionPatience}; set transaction isolation level read committed; begin";
    public string Commit => $"commit; {Rest}";
    public string RollBack => $"rollback; {Rest}";

    public string Now => "cast(unix_timestamp(now(3)) * 1000 as signed)";

    public Task<IDisposable?> EnterTransaction(CancellationToken ct) => Task.FromResult<IDisposable?>(null);

    public string OnConflictUpdate(string key, params string[] columns) =>
        "on duplicate key update " + string.Join(", ", columns.Select(c => c.Contains('=') ? c : $"{c} = values({c})"));

    public string Offered(string column) => $"values({column})";

    public string DeleteOldest(string table, string column, int rows) =>
        $"delete from {table} where {column} < @before order by {column} limit {rows}";

    public string Text(string value) => $"_utf8mb4 x'{Convert.ToHexString(Encoding.UTF8.GetBytes(value))}'";

    public bool IsRefusal(Exception exception) => exception switch
    {
        MySqlException e => Refusals.Contains(e.Number),
        DbUpdateException { InnerException: { } inner } => IsRefusal(inner),
        _ => false,
    };

    public bool IsDenial(Exception exception) => exception switch
    {
        MySqlException e when Denials.Contains(e.Number) => true,
        MySqlException or DbUpdateException => exception.InnerException is { } inner && IsDenial(inner),
        _ => false,
    };

    public bool IsConflict(Exception exception) =>
        exception is MySqlException { ErrorCode: MySqlErrorCode.DuplicateKeyEntry }
            or DbUpdateException { InnerException: MySqlException { ErrorCode: MySqlErrorCode.DuplicateKeyEntry } };

    public void Use(DbContextOptionsBuilder options, DbConnection? connection, string history)
    {
        if (connection is null)
            options.UseMySql(Version, mysql => mysql.MigrationsHistoryTable(history));
        else
            options.UseMySql(connection, Version, mysql => mysql.MigrationsHistoryTable(history));
        options.ReplaceService<IMigrationsSqlGenerator, RepeatableMigrations>();
    }

    public async Task<IAsyncDisposable> LockMigrations(DbConnection connection, CancellationToken ct)
    {
        var taken = await connection.ExecuteScalarAsync<long?>(
            new CommandDefinition("select get_lock(concat(database(), '.sigma_migrations'), 120)", commandTimeout: 130, cancellationToken: ct));
        if (taken != 1)
            throw new TimeoutException("Another service has been applying migrations for 2 minutes.");
        return new NamedLock(connection);
    }

    public async Task<bool> HasColumn(DbConnection connection, string table, string column, CancellationToken ct) =>
        await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from information_schema.columns where table_schema = database() and table_name = @table and column_name = @column",
            new { table, column }, cancellationToken: ct)) > 0;

    public async Task<bool> HasIndex(DbConnection connection, string table, string index, CancellationToken ct) =>
        await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from information_schema.statistics where table_schema = database() and table_name = @table and index_name = @index",
            new { table, index }, cancellationToken: ct)) > 0;

    public async Task<IReadOnlyList<string>> UniqueIndexesOn(DbConnection connection, string table, string columns, CancellationToken ct) =>
        (await connection.QueryAsync<string>(new CommandDefinition(
            """
            select index_name from information_schema.statistics
            where table_schema = database() and table_name = @table and non_unique = 0 and index_name <> 'PRIMARY'
            group by index_name having group_concat(column_name order by seq_in_index separator ',') = @columns
            """, new { table, columns }, cancellationToken: ct))).AsList();

    public string? Refusal(Exception exception) => exception is MySqlException { InnerException: AuthenticationException }
        ? "its certificate is not signed by an authority that is trusted here, is not made out to the name it was called by, or is out of date"
        : null;

    static MySqlConnectionStringBuilder Complete(string connectionString)
    {
        var settings = MySqlAddress.Read(connectionString);
        settings.GuidFormat = MySqlGuidFormat.None; // ids are bytes, and stay bytes
        settings.AllowUserVariables = true; // migrations prepare statements
        settings.IgnoreCommandTransaction = true; // a session has one transaction, and every command is in it
        if (settings.ConnectionTimeout > 5)
            settings.ConnectionTimeout = 5;
        return settings;
    }

    sealed class NamedLock(DbConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await connection.ExecuteAsync("select release_lock(concat(database(), '.sigma_migrations'))");
            }
            catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
            {
                // The connection is gone, and with it the lock. The first exception is the one to report.
            }
        }
    }
}
