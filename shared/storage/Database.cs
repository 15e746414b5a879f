using System.Data.Common;

namespace Sigma.Storage;

/// <summary>Opens connections to the configured database.</summary>
public sealed class Database(IDialect dialect, string connectionString)
{
    static Database() => IdColumn.Register();

    /// <summary>What the statements must know of this database.</summary>
    public IDialect Dialect => dialect;

    /// <summary>An open connection from the pool.</summary>
    public Task<DbConnection> Open(CancellationToken ct) => Open(dialect.Prepare, ct);

    /// <summary>An open connection with a transaction begun, in one round trip.</summary>
    internal Task<DbConnection> OpenAndBegin(CancellationToken ct) => Open($"{dialect.Prepare}; {dialect.Begin}", ct);

    async Task<DbConnection> Open(string firstWords, CancellationToken ct)
    {
        var connection = dialect.Connect(connectionString);
        try
        {
            await connection.OpenAsync(ct);
            await connection.Run(firstWords, ct);
            return connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync();
            if (dialect.Refusal(e) is { } refusal)
                throw new IOException($"{connection.DataSource} is refused: {refusal}", e);
            throw;
        }
    }

    /// <summary>A session with a transaction begun.</summary>
    public async Task<DbSession> Begin(CancellationToken ct)
    {
        var session = new DbSession(this);
        try
        {
            await session.Begin(ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
