using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Sigma.IntegrationTests.Faults.Storage;

/// <summary>A statement that fails before or after the server has done it. Transactions begin and commit by statements too.</summary>
internal sealed class FaultyCommand(FaultyConnection connection, DbCommand inner) : DbCommand
{
    [AllowNull]
    public override string CommandText { get => inner.CommandText; set => inner.CommandText = value; }
    public override int CommandTimeout { get => inner.CommandTimeout; set => inner.CommandTimeout = value; }
    public override CommandType CommandType { get => inner.CommandType; set => inner.CommandType = value; }
    public override bool DesignTimeVisible { get; set; }
    public override UpdateRowSource UpdatedRowSource { get => inner.UpdatedRowSource; set => inner.UpdatedRowSource = value; }
    protected override DbConnection? DbConnection { get => connection; set => throw new NotSupportedException(); }
    protected override DbTransaction? DbTransaction { get => inner.Transaction; set => inner.Transaction = value; }
    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    public override Task<int> ExecuteNonQueryAsync(CancellationToken ct) => Run(() => inner.ExecuteNonQueryAsync(ct), ct);
    public override Task<object?> ExecuteScalarAsync(CancellationToken ct) => Run(() => inner.ExecuteScalarAsync(ct), ct);
    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken ct) =>
        Run(() => inner.ExecuteReaderAsync(behavior, ct), ct);

    public override int ExecuteNonQuery() => throw new NotSupportedException();
    public override object? ExecuteScalar() => throw new NotSupportedException();
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw new NotSupportedException();

    public override void Cancel() => inner.Cancel();
    public override void Prepare() => inner.Prepare();
    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    async Task<T> Run<T>(Func<Task<T>> statement, CancellationToken ct)
    {
        switch (connection.Dice.Draw(Possible()))
        {
            case FaultKind.Before:
                ExceptionDispatchInfo.Throw(await connection.Cut());
                break;
            case FaultKind.After:
                if (await statement() is DbDataReader reader)
                    await reader.DisposeAsync();
                ExceptionDispatchInfo.Throw(await connection.Cut());
                break;
            case FaultKind.Conflict:
                await connection.Deadlock();
                break;
            case FaultKind.Slow:
                await Task.Delay(connection.Dice.Pause(), ct);
                break;
        }
        return await statement();
    }

    ReadOnlySpan<FaultKind> Possible() => CommandText.TrimStart().Split([' ', '\n', ';'], 2)[0] switch
    {
        // A commit is where "it failed" and "it is done" part ways.
        "commit" => [FaultKind.Before, FaultKind.After, FaultKind.After, FaultKind.After, FaultKind.Slow],
        "insert" or "update" or "delete" => [FaultKind.Before, FaultKind.Before, FaultKind.After, FaultKind.Conflict, FaultKind.Conflict,
            FaultKind.Slow],
        "select" when CommandText.Contains("for update") || CommandText.Contains("in share mode") =>
            [FaultKind.Before, FaultKind.Conflict, FaultKind.Slow],
        _ => [FaultKind.Before, FaultKind.After, FaultKind.Slow],
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
