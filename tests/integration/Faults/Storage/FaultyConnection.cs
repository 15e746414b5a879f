using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Dapper;

namespace Sigma.IntegrationTests.Faults.Storage;

/// <summary>
/// A connection that is refused or cut by the server now and then. What the driver says of it is what it really says: nothing is made up.
/// </summary>
internal sealed class FaultyConnection(DbConnection inner, Func<DbConnection> another, FaultDice dice) : DbConnection
{
    [AllowNull]
    public override string ConnectionString { get => inner.ConnectionString; set => inner.ConnectionString = value; }
    public override string Database => inner.Database;
    public override string DataSource => inner.DataSource;
    public override string ServerVersion => inner.ServerVersion;
    public override ConnectionState State => inner.State;
    public FaultDice Dice => dice;
    public DbConnection Inner => inner;

    public override async Task OpenAsync(CancellationToken ct)
    {
        switch (dice.Draw(FaultKind.Before, FaultKind.Slow))
        {
            case FaultKind.Before:
                // nobody listens there
                inner.ConnectionString = new DbConnectionStringBuilder { ConnectionString = inner.ConnectionString, ["port"] = 1 }.ConnectionString;
                break;
            case FaultKind.Slow:
                await Task.Delay(dice.Pause(), ct);
                break;
        }
        await inner.OpenAsync(ct);
    }

    /// <summary>Has the server end this connection, and returns what the driver says at the next statement.</summary>
    public async Task<Exception> Cut()
    {
        try
        {
            var id = await inner.ExecuteScalarAsync<long>("select connection_id()");
            await using (var other = another())
            {
                await other.OpenAsync();
                await other.ExecuteAsync($"kill {id}");
            }
            while (true) // the server may answer once more before it obeys
                await inner.ExecuteAsync("do 1");
        }
        catch (Exception e)
        {
            return e;
        }
    }

    /// <summary>Has the server say that this transaction was chosen to end a deadlock.</summary>
    public Task Deadlock() =>
        inner.ExecuteAsync(
            "rollback; signal sqlstate '40001' set mysql_errno = 1213, message_text = 'Deadlock found when trying to get lock; try restarting "
                + "transaction'");

    public override void Open() => inner.Open();
    public override void Close() => inner.Close();
    public override Task CloseAsync() => inner.CloseAsync();
    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);
    protected override DbCommand CreateDbCommand() => new FaultyCommand(this, inner.CreateCommand());

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
