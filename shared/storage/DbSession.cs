using System.Data.Common;
using Dapper;
using Sigma.Storage.Schema;

namespace Sigma.Storage;

/// <summary>
/// One connection and one transaction. In a consumer it is scoped to the message: what the consumer writes and what it publishes commit together.
/// </summary>
public sealed class DbSession(Database database) : IAsyncDisposable
{
    DbConnection? _connection;
    IDisposable? _turn;
    Dictionary<ServiceSchema, ServiceContext>? _contexts;
    List<Action>? _afterCommit;

    /// <summary>What the statements must know of this database.</summary>
    public IDialect Dialect => database.Dialect;

    /// <summary>Whether <see cref="Begin"/> was called and <see cref="Commit"/> not yet.</summary>
    public bool InTransaction { get; private set; }

    /// <summary>Opens the connection and begins.</summary>
    public async Task Begin(CancellationToken ct)
    {
        _turn ??= await Dialect.EnterTransaction(ct);
        if (_connection is null)
            _connection = await database.OpenAndBegin(ct);
        else
            await Execute(Dialect.Begin, null, ct);
        InTransaction = true;
    }

    /// <summary>Runs a statement and says how many rows it found.</summary>
    public Task<int> Execute(string sql, object? args, CancellationToken ct) =>
        args is null ? Connection.Run(sql, ct) : Connection.ExecuteAsync(Command(sql, args, ct));

    /// <summary>Runs a query and reads all its rows.</summary>
    public async Task<List<T>> Query<T>(string sql, object? args, CancellationToken ct) =>
        (await Connection.QueryAsync<T>(Command(sql, args, ct))).AsList();

    /// <summary>Runs a query and reads its first row, if there is one.</summary>
    public Task<T?> First<T>(string sql, object? args, CancellationToken ct) =>
        Connection.QueryFirstOrDefaultAsync<T>(Command(sql, args, ct));

    /// <summary>
    /// The tables of a service as objects, in this transaction: what it saves and what a statement writes commit together. The session ends the
    /// context with its transaction.
    /// </summary>
    public TContext Use<TContext>(ServiceSchema<TContext> schema) where TContext : ServiceContext
    {
        if (!InTransaction)
            throw new InvalidOperationException("The session has not begun.");
        _contexts ??= [];
        if (!_contexts.TryGetValue(schema, out var context))
            _contexts[schema] = context = schema.Join(Dialect, Connection);
        return (TContext)context;
    }

    /// <summary>Does this once the transaction is committed, for example a log line or a figure; never, when it is rolled back.</summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    /// <summary>Says that a commit was made whose answer was lost.</summary>
    public void WasCommitted()
    {
        var actions = _afterCommit ?? [];
        _afterCommit = null;
        foreach (var action in actions)
            action();
    }

    /// <summary>Commits; the session can begin again.</summary>
    public async Task Commit(CancellationToken ct)
    {
        await Execute(Dialect.Commit, null, ct);
        InTransaction = false;
        await EndContexts();
        EndTurn();
        WasCommitted();
    }

    /// <summary>Rolls back what was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndContexts();
        if (_connection is { } connection)
        {
            if (InTransaction)
                await RollBack(connection);
            await connection.DisposeAsync();
        }
        _connection = null;
        _afterCommit = null;
        InTransaction = false;
        EndTurn();
    }

    async Task RollBack(DbConnection connection)
    {
        try
        {
            await connection.ExecuteAsync(Dialect.RollBack);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or IOException)
        {
            // The connection is gone, and with it the transaction.
        }
    }

    // The connection is the session's and stays open.
    async ValueTask EndContexts()
    {
        foreach (var context in _contexts?.Values ?? Enumerable.Empty<ServiceContext>())
            await context.DisposeAsync();
        _contexts = null;
    }

    void EndTurn()
    {
        _turn?.Dispose();
        _turn = null;
    }

    // Dapper keeps the text of what it has run, up to a thousand of them. A statement without arguments has its values in its text and never comes
    // again.
    CommandDefinition Command(string sql, object? args, CancellationToken ct) =>
        new(sql, args, flags: args is null ? CommandFlags.NoCache | CommandFlags.Buffered : CommandFlags.Buffered, cancellationToken: ct);

    DbConnection Connection => _connection ?? throw new InvalidOperationException("The session has not begun.");
}
