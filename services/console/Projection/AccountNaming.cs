using Dapper;
using Sigma.Hosting;
using Sigma.Hosting.Texts;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Services;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Projection;

/// <summary>
/// Asks the notifier what accounts are called whose alerts have no names yet, many at a time. An account it does not know is asked for again, the
/// later the older its alert is.
/// </summary>
internal sealed class AccountNaming(IAccountNameSource notifier, AccountDirectory names, Database database, AlertWriter writer, TimeProvider time,
    IHostApplicationLifetime process, ILogger<AccountNaming> log) : BackgroundService
{
    const int Accounts = 500, RowsPerTransaction = 1000;

    static readonly TimeSpan Between = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromMinutes(1), Soonest = TimeSpan.FromSeconds(5),
        Latest = TimeSpan.FromHours(1), GivenUp = TimeSpan.FromDays(7);

    bool _isFailureTold;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = Between;
        try
        {
            await process.WaitForStart(stoppingToken); // the notifier may be in this very process
            while (true)
            {
                await Task.Delay(wait, time, stoppingToken);
                wait = await TryName(stoppingToken) ? Between : wait + wait < LongestWait ? wait + wait : LongestWait;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }

    async Task<bool> TryName(CancellationToken ct)
    {
        try
        {
            while (await Name(ct) == Accounts)
            {
                // there are more
            }
            _isFailureTold = false;
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.Log(_isFailureTold ? LogLevel.Debug : LogLevel.Warning, "Names of accounts cannot be found, trying again: {Reason}", e.Message);
            _isFailureTold = true;
            return false;
        }
    }

    /// <summary>Names those that are due, some at most; returns how many accounts were asked for.</summary>
    public async Task<int> Name(CancellationToken ct)
    {
        var now = time.Milliseconds();
        List<string> due;
        await using (var connection = await database.Open(ct))
            due = (await connection.QueryAsync<string>(new CommandDefinition( // ix_console_alerts_names
                $"select distinct account from console_alerts where names_due_at <= @now and account is not null limit {Accounts}",
                new { now }, cancellationToken: ct))).AsList();
        if (due.Count == 0)
            return 0;
        var found = (await notifier.Find(due, ct)).ToDictionary(name => name.Account, StringComparer.Ordinal);
        foreach (var name in found.Values)
            names.Add(name);
        while (await Store(due, found, now, ct) == RowsPerTransaction)
        {
            // one account may have many alerts
        }
        writer.Wake();
        return due.Count;
    }

    async Task<int> Store(List<string> accounts, Dictionary<string, FoundNames> found, long now, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var last = await AlertSequence.Lock(session, ct);
        var states = await session.Query<AlertState>( // ix_console_alerts_names or ix_console_alerts_account
            $"""
            select {AlertState.Columns} from console_alerts
            where names_due_at <= {now} and account in ({string.Join(',', accounts.Select(session.Dialect.Text))})
            order by alert_id limit {RowsPerTransaction} {session.Dialect.ForUpdate}
            """, null, ct);
        foreach (var state in states)
        {
            if (found.TryGetValue(state.Account!, out var name))
            {
                name.Name(state);
                state.Sequence = ++last;
            }
            else
                state.NamesDueAt = Next(now, state.RaisedAt);
        }
        await AlertTable.Write(session, states, ct);
        await AlertSequence.Move(session, last, ct);
        await session.Commit(ct);
        return states.Count;
    }

    // After as long as it has been asked for already.
    static long? Next(long now, long raisedAt)
    {
        var age = TimeSpan.FromMilliseconds(Math.Max(0, now - raisedAt));
        if (age > GivenUp)
            return null;
        var wait = age < Soonest ? Soonest : age > Latest ? Latest : age;
        return now + (long)wait.TotalMilliseconds;
    }
}

/// <summary>What accounts are called.</summary>
internal interface IAccountNameSource
{
    /// <summary>Those of them that are known.</summary>
    Task<IReadOnlyList<FoundNames>> Find(IReadOnlyList<string> accounts, CancellationToken ct);
}

/// <summary>By the notifier's internal API.</summary>
internal sealed class NotifierNames(NotifierClient notifier) : IAccountNameSource
{
    public async Task<IReadOnlyList<FoundNames>> Find(IReadOnlyList<string> accounts, CancellationToken ct) =>
        [.. (await notifier.AccountNames(accounts, ct)).Select(found => new FoundNames(found.Account, found.Code?.Truncate(AlertLimits.Account),
            Name(found.TradeName), Name(found.Company), Name(found.ClientGroup)))];

    static string? Name(string? name) => string.IsNullOrWhiteSpace(name) ? null : name.Truncate(AlertLimits.Name);
}
