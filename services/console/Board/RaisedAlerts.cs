using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Board;

/// <summary>
/// All alerts that are raised, in memory, as of moments ago: it reads what has changed in the table four times a second, whichever console wrote it.
/// With them those that are over, critical or high, and not acknowledged, for a day.
/// </summary>
public sealed class RaisedAlerts : BackgroundService
{
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250), Shortest = TimeSpan.FromMilliseconds(200),
        ShortestInStorm = TimeSpan.FromMilliseconds(500),
        AfterFailure = TimeSpan.FromSeconds(1), Kept = TimeSpan.FromDays(1), BetweenChecks = TimeSpan.FromSeconds(10),
        BetweenCleanings = TimeSpan.FromMinutes(1);

    // Changes at once.
    const int Storm = 50;

    // Names and people come and go; the numbers of those that went are given up by numbering anew.
    const int SpareTexts = 50_000;

    readonly Database _database;
    readonly TimeProvider _time;
    readonly ILogger<RaisedAlerts> _log;
    readonly ConcurrentDictionary<Guid, BoardAlert> _alerts = new();
    readonly HashSet<Guid> _dirty = [];
    readonly SemaphoreSlim _wake = new(0, 1);
    readonly RaisesPerHour _raises = new();
    BoardTexts _texts = new();
    DbConnection? _connection;
    long _sequence, _published;
    bool _isLoaded, _isStaleTold;
    DateTimeOffset _checkAt, _cleanAt;
    volatile BoardSnapshot _current;

    internal RaisedAlerts(Database database, TimeProvider time, ILogger<RaisedAlerts> log)
    {
        (_database, _time, _log) = (database, time, log);
        _current = new([], _texts, _raises, 0, 0, time.GetUtcNow());
        StaleSince = time.GetUtcNow();
    }

    /// <summary>The state now.</summary>
    public BoardSnapshot Current => _current;

    /// <summary>Since when the table cannot be read, UTC; null while what is shown is as of now.</summary>
    public DateTimeOffset? StaleSince { get; private set; }

    /// <summary>There is a new state, or <see cref="StaleSince"/> is another; at most five times a second.</summary>
    public event Action? Changed;

    /// <summary>The changes of the last minutes, one by one.</summary>
    internal BoardChanges Changes { get; } = new();

    /// <summary>What a filter finds now for somebody.</summary>
    public BoardResult Find(BoardFilter filter, Caller caller) => _current.Find(filter, caller.Limits);

    /// <summary>An alert that is raised, or over and kept; null for another, and for one that somebody may not see.</summary>
    public AlertView? Find(Guid id, Caller caller) =>
        _alerts.TryGetValue(id, out var alert) && alert.View.IsVisibleTo(caller.Limits) ? alert.View : null;

    /// <summary>Something was written: look at once.</summary>
    internal void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
                _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // another was first
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var isUpToDate = await TryRead(stoppingToken);
                if (isUpToDate is null)
                    await Task.Delay(AfterFailure, _time, stoppingToken);
                else if (isUpToDate.Value)
                    await _wake.WaitAsync(Between, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
        finally
        {
            await Disconnect();
        }
    }

    /// <summary>Whether all was read; null when nothing could be.</summary>
    async Task<bool?> TryRead(CancellationToken ct)
    {
        try
        {
            _connection ??= await _database.Open(ct);
            var tell = StaleSince is not null;
            if (!_isLoaded || await WasEmptied(ct))
            {
                await Load(ct);
                tell = true;
            }
            var rows = await BoardTable.Changed(_connection, _sequence, ct);
            foreach (var row in rows)
                Apply(row.View());
            Clean();
            StaleSince = null;
            _isStaleTold = false;
            tell |= await Publish(ct);
            if (tell)
                Tell();
            return rows.Count < BoardTable.Page;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            await Disconnect();
            StaleSince ??= _time.GetUtcNow();
            if (!_isStaleTold)
                _log.LogWarning("The board cannot be read and shows what it last knew: {Reason}", e.Message);
            if (!_isStaleTold)
                Tell();
            _isStaleTold = true;
            return null;
        }
    }

    async Task Load(CancellationToken ct)
    {
        var connection = _connection!;
        var now = _time.GetUtcNow();
        var since = (now - Kept).ToUnixTimeMilliseconds();
        _isLoaded = false;
        _texts = new BoardTexts();
        _raises.Clear();
        Dictionary<Guid, BoardAlert> loaded = [];
        var sequence = await BoardTable.LastSequence(connection, ct); // first: what changes meanwhile is read again
        await foreach (var row in BoardTable.Raised(connection, ct))
            loaded[row.AlertId] = new BoardAlert(row.View(), _texts);
        await foreach (var row in BoardTable.ClearedSince(connection, since, ct))
            loaded[row.AlertId] = new BoardAlert(row.View(), _texts);
        await foreach (var row in BoardTable.RaisedSince(connection, since, ct))
        {
            var alert = loaded.GetValueOrDefault(row.AlertId) ?? new BoardAlert(row.View(), _texts);
            _raises.Add(alert, Key(alert.View), now);
        }
        foreach (var id in _alerts.Keys)
            if (!loaded.ContainsKey(id))
                _alerts.TryRemove(id, out _);
        foreach (var (id, alert) in loaded)
            _alerts[id] = alert;
        _dirty.Clear();
        _sequence = sequence;
        Changes.Clear(sequence);
        SetCurrent(Sorted(_alerts.Values));
        _isLoaded = true;
        _checkAt = now + BetweenChecks;
        _log.LogInformation("The board has loaded {Alerts} alerts up to change {Sequence}", loaded.Count, sequence);
    }

    /// <summary>The numbers begin anew when the table was emptied or is another's.</summary>
    async Task<bool> WasEmptied(CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        if (now < _checkAt)
            return false;
        _checkAt = now + BetweenChecks;
        return await BoardTable.LastSequence(_connection!, ct) < _sequence;
    }

    void Apply(AlertView view)
    {
        _sequence = Math.Max(_sequence, view.Sequence);
        var before = _alerts.GetValueOrDefault(view.AlertId);
        if (before is not null && before.View.Sequence >= view.Sequence)
            return;
        BoardAlert alert = new(view, _texts);
        var now = _time.GetUtcNow();
        if (view.ClearedAt is not { } cleared || cleared > now - Kept && alert.Stays)
            _alerts[view.AlertId] = alert;
        else
            _alerts.TryRemove(view.AlertId, out _);
        _dirty.Add(view.AlertId);
        _raises.Add(alert, Key(view), now);
        Changes.Add(new BoardChange(view.Sequence, alert, before));
    }

    /// <summary>What was kept for a day goes, and numbers of texts that nobody uses.</summary>
    void Clean()
    {
        var now = _time.GetUtcNow();
        if (now < _cleanAt)
            return;
        _cleanAt = now + BetweenCleanings;
        _raises.Forget(now);
        foreach (var (id, alert) in _alerts)
            if (alert.View.ClearedAt is { } cleared && cleared <= now - Kept && _alerts.TryRemove(id, out _))
                _dirty.Add(id);
        if (_texts.Count > SpareTexts + 4 * _alerts.Count)
            _isLoaded = false;
    }

    async Task<bool> Publish(CancellationToken ct)
    {
        if (_dirty.Count == 0)
            return false;
        // Nobody reads a list that changes by the hundred faster than that, and every screen is painted anew for it.
        var rest = (_dirty.Count < Storm ? Shortest : ShortestInStorm) - Stopwatch.GetElapsedTime(_published);
        if (_published > 0 && rest > TimeSpan.Zero)
            await Task.Delay(rest, ct);
        SetCurrent(Merge());
        _dirty.Clear();
        return true;
    }

    /// <summary>The alerts of the last state without those that changed, and those as they are now in their places.</summary>
    BoardAlert[] Merge()
    {
        List<BoardAlert> changed = [];
        foreach (var id in _dirty)
            if (_alerts.TryGetValue(id, out var alert))
                changed.Add(alert);
        changed.Sort(BoardAlert.Compare);
        var old = _current.Alerts;
        var merged = new BoardAlert[_alerts.Count];
        var (count, next) = (0, 0);
        foreach (var alert in old)
        {
            if (_dirty.Contains(alert.View.AlertId))
                continue;
            while (next < changed.Count && BoardAlert.Compare(changed[next], alert) < 0)
                merged[count++] = changed[next++];
            merged[count++] = alert;
        }
        while (next < changed.Count)
            merged[count++] = changed[next++];
        return merged;
    }

    static BoardAlert[] Sorted(ICollection<BoardAlert> alerts)
    {
        BoardAlert[] sorted = [.. alerts];
        Array.Sort(sorted, BoardAlert.Compare);
        return sorted;
    }

    void SetCurrent(BoardAlert[] alerts)
    {
        var raised = 0;
        foreach (var alert in alerts)
            if (alert.View.ClearedAt is null)
                raised++;
        _current = new(alerts, _texts, _raises, _sequence, raised, _time.GetUtcNow());
        _published = Stopwatch.GetTimestamp();
    }

    void Tell()
    {
        foreach (var one in Changed?.GetInvocationList() ?? [])
        {
            try
            {
                ((Action)one)();
            }
            catch (Exception e)
            {
                _log.LogWarning("A screen cannot be told of a change: {Reason}", e.Message);
            }
        }
    }

    async Task Disconnect()
    {
        if (_connection is { } connection)
            await connection.DisposeAsync();
        _connection = null;
    }

    static Guid Key(AlertView view)
    {
        var parts = new string[1 + 2 * view.Labels.Count];
        parts[0] = view.Rule;
        var next = 1;
        foreach (var (name, value) in view.Labels)
            (parts[next++], parts[next++]) = (name, value);
        return Ids.From(parts);
    }
}
