using System.Data.Common;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Sigma.Storage;

/// <summary>One SQLite file. It has one writer at a time, so row locks are not needed: a transaction begins as a writer.</summary>
internal sealed class SqliteDialect : IDialect
{
    const int NotAllowed = 3, Busy = 5, Locked = 6, ReadOnly = 8, CannotOpen = 14, Constraint = 19, NotADatabase = 26;

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

    public bool IsConflict(Exception exception) => exception is SqliteException { SqliteErrorCode: Busy or Locked or Constraint };

    public bool IsOutage(Exception exception) => false;

    public bool IsDenial(Exception exception) => exception is SqliteException { SqliteErrorCode: NotAllowed or ReadOnly or CannotOpen or NotADatabase };

    public string? Refusal(Exception exception) => null;

    public async Task<IAsyncDisposable> LockMigrations(DbConnection connection, CancellationToken ct)
    {
        var transaction = await connection.BeginTransactionAsync(ct);
        return new WriteLock(transaction);
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

    sealed class WriteLock(DbTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.CommitAsync();
            await transaction.DisposeAsync();
        }
    }
}
