using System.Data.Common;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Sigma.Storage;

/// <summary>One SQLite file. It has one writer at a time, so row locks are not needed: a transaction begins as a writer.</summary>
internal sealed class SqliteDialect : IDialect
{
    const int NotAllowed = 3, ReadOnly = 8, CannotOpen = 14, TooLarge = 18, Mismatch = 20, NotADatabase = 26;

    // Extended codes.
    const int Check = 275, ForeignKey = 787, NotNull = 1299, PrimaryKey = 1555, Unique = 2067, DataType = 3091;

    // Of one process: SQLite itself would sleep a whole second before it looks whether the other writer is done.
    readonly SemaphoreSlim _writer = new(1, 1);

    public string Name => "Sqlite";
    public string InsertIgnore => "insert or ignore";
    public string ForUpdate => "";
    public string ForUpdateSkipLocked => "";
    public string ForShare => "";

    public DbConnection Connect(string connectionString) => new SqliteConnection(connectionString);

    public string Prepare => "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 20000";
    public string Begin => "begin immediate";
    public string Commit => "commit";
    public string RollBack => "rollback";

    public string Now => "cast((julianday('now') - 2440587.5) * 86400000 as integer)";

    public async Task<IDisposable?> EnterTransaction(CancellationToken ct)
    {
        await _writer.WaitAsync(ct);
        return new Turn(_writer);
    }

    public string OnConflictUpdate(string key, params string[] columns) =>
        $"on conflict({key}) do update set " + string.Join(", ", columns.Select(c => c.Contains('=') ? c : $"{c} = excluded.{c}"));

    public string Offered(string column) => $"excluded.{column}";

    public string DeleteOldest(string table, string column, int rows) =>
        $"delete from {table} where rowid in (select rowid from {table} where {column} < @before order by {column} limit {rows})";

    public string Text(string value) => $"cast(x'{Convert.ToHexString(Encoding.UTF8.GetBytes(value))}' as text)";

    public bool IsRefusal(Exception exception) => (exception is DbUpdateException ? exception.InnerException : exception)
        is SqliteException { SqliteErrorCode: TooLarge or Mismatch }
            or SqliteException { SqliteExtendedErrorCode: Check or ForeignKey or NotNull or DataType };

    public bool IsConflict(Exception exception) =>
        (exception is DbUpdateException ? exception.InnerException : exception) is SqliteException { SqliteExtendedErrorCode: PrimaryKey or Unique };

    public void Use(DbContextOptionsBuilder options, DbConnection? connection, string history)
    {
        if (connection is null)
            options.UseSqlite(sqlite => sqlite.MigrationsHistoryTable(history));
        else
            options.UseSqlite(connection, sqlite => sqlite.MigrationsHistoryTable(history));
    }

    public bool IsDenial(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: NotAllowed or ReadOnly or CannotOpen or NotADatabase };

    public string? Refusal(Exception exception) => null;

    // A transaction would keep the migrations out, which have their own. A file's lock ends with its process.
    public async Task<IAsyncDisposable> LockMigrations(DbConnection connection, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream(connection.DataSource + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException))
            {
                await Task.Delay(100, ct);
            }
        }
    }

    public async Task<bool> HasColumn(DbConnection connection, string table, string column, CancellationToken ct) =>
        await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from pragma_table_info(@table) where name = @column", new { table, column }, cancellationToken: ct)) > 0;

    public async Task<bool> HasIndex(DbConnection connection, string table, string index, CancellationToken ct) =>
        await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from pragma_index_list(@table) where name = @index", new { table, index }, cancellationToken: ct)) > 0;

    public Task<IReadOnlyList<string>> UniqueIndexesOn(DbConnection connection, string table, string columns, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<string>>([]); // no installation older than ours uses SQLite

    sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}
