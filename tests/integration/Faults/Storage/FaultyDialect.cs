using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage;

namespace Sigma.IntegrationTests.Faults.Storage;

/// <summary>The database's own dialect over connections that fail.</summary>
internal sealed class FaultyDialect(IDialect inner, FaultDice dice) : IDialect
{
    public string Name => inner.Name;
    public string InsertIgnore => inner.InsertIgnore;
    public string ForUpdate => inner.ForUpdate;
    public string ForUpdateSkipLocked => inner.ForUpdateSkipLocked;
    public string ForShare => inner.ForShare;
    public string Now => inner.Now;
    public string Prepare => inner.Prepare;
    public string Begin => inner.Begin;
    public string Commit => inner.Commit;
    public string RollBack => inner.RollBack;

    public DbConnection Connect(string connectionString) =>
        new FaultyConnection(inner.Connect(connectionString), () => inner.Connect(connectionString), dice);

    public Task<IDisposable?> EnterTransaction(CancellationToken ct) => inner.EnterTransaction(ct);
    public string OnConflictUpdate(string key, params string[] columns) => inner.OnConflictUpdate(key, columns);
    public string Offered(string column) => inner.Offered(column);
    public string DeleteOldest(string table, string column, int rows) => inner.DeleteOldest(table, column, rows);
    public string Text(string value) => inner.Text(value);
    public bool IsRefusal(Exception exception) => inner.IsRefusal(exception);
    public bool IsConflict(Exception exception) => inner.IsConflict(exception);
    public bool IsDenial(Exception exception) => inner.IsDenial(exception);
    public string? Refusal(Exception exception) => inner.Refusal(exception);
    public void Use(DbContextOptionsBuilder options, DbConnection? connection, string history) =>
        inner.Use(options, connection is FaultyConnection faulty ? faulty.Inner : connection, history); // Pomelo knows its driver's alone
    public Task<IAsyncDisposable> LockMigrations(DbConnection connection, CancellationToken ct) => inner.LockMigrations(connection, ct);
    public Task<bool> HasColumn(DbConnection connection, string table, string column, CancellationToken ct) =>
        inner.HasColumn(connection, table, column, ct);
    public Task<bool> HasIndex(DbConnection connection, string table, string index, CancellationToken ct) =>
        inner.HasIndex(connection, table, index, ct);

    public Task<IReadOnlyList<string>> UniqueIndexesOn(DbConnection connection, string table, string columns, CancellationToken ct) =>
        inner.UniqueIndexesOn(connection, table, columns, ct);
}
