using System.Collections.Concurrent;
using System.Data.Common;
using Sigma.Hosting.Texts;

namespace Sigma.Fetcher.Sources;

/// <summary>
/// One look at a source: taken on by one fetcher, asked without a transaction, and what it found is written with the news in one. A look that
/// hangs is given up; the source is not asked again before it has ended, and that is its failure.
/// </summary>
internal sealed class SourceRunner(SourceTable table, SourceTelemetry telemetry, TimeProvider time, IHostApplicationLifetime host,
    ILogger<SourceRunner> log)
{
    static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(1), ToGiveBack = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<string, Task> _running = new(), _hanging = new();

    /// <summary>Begins a turn and does not wait for its end. A turn that comes while the one before lasts is left out.</summary>
    public void Begin(IPolledSource source)
    {
        var name = source.Plan.Name;
        if (!_running.TryGetValue(name, out var before) || before.IsCompleted)
            _running[name] = Task.Run(() => Turn(source));
    }

    /// <summary>Waits a moment for what is under way, which was told to stop.</summary>
    public async Task End(CancellationToken ct) =>
        await Task.WhenAll(_running.Values).WaitAsync(TimeSpan.FromSeconds(3), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Looks, if it is this fetcher's turn. False when another has looked, or is looking.</summary>
    /// <param name="source">The source.</param>
    /// <param name="apart">A look that began less than this ago was of the same turn.</param>
    /// <param name="ct">Ends the look without a word; the next fetcher begins anew.</param>
    public async Task<bool> Run(IPolledSource source, TimeSpan apart, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        if (await table.Take(source.Plan, apart, ct) is not { } taken)
            return false;
        try
        {
            var look = await Look(source, taken.Memory, ct);
            ct.ThrowIfCancellationRequested(); // what was found while everything is told to stop may be the stop
            if (look.State == SourceState.Failed)
                look = look with { Samples = source.SamplesOfFailure(taken.Memory.Now) };
            var took = time.GetElapsedTime(started);
            telemetry.Looked(source.Plan, look.State, took);
            if (await table.Conclude(source.Plan, taken, look, took, ct) is { } change)
                Tell(source.Plan, change, look);
            else
                log.LogWarning("What was found at {Source} came too late: another fetcher has looked meanwhile", source.Plan.Name);
            return true;
        }
        catch
        {
            await GiveBack(source, taken);
            throw;
        }
    }

    // Nothing of it is written: the next turn, or the next fetcher, may begin at once.
    async Task GiveBack(IPolledSource source, TakenSource taken)
    {
        try
        {
            await table.GiveBack(source.Plan, taken, CancellationToken.None).WaitAsync(ToGiveBack);
        }
        catch (Exception e)
        {
            log.LogDebug("{Source} cannot be given back, its lease expires by itself: {Reason}", source.Plan.Name, e.Message);
        }
    }

    async Task Turn(IPolledSource source)
    {
        try
        {
            await Run(source, source.Plan.Turns.Apart(time.GetUtcNow()), host.ApplicationStopping);
        }
        catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
        {
            // the next start's work
        }
        catch (Exception e) when (e is DbException or IOException or TimeoutException)
        {
            log.LogWarning("{Source} was not polled, the database is unavailable: {Reason}", source.Plan.Name, e.Message);
        }
        catch (Exception e)
        {
            log.LogError(e, "The poll of {Source} failed", source.Plan.Name);
        }
    }

    async Task<SourceLook> Look(IPolledSource source, SourceMemory memory, CancellationToken ct)
    {
        var (name, timeout) = (source.Plan.Name, source.Plan.Timeout);
        if (_hanging.TryGetValue(name, out var before) && !before.IsCompleted)
            return SourceLook.Failed("an earlier run still hangs, so none is begun");
        _hanging.TryRemove(name, out _);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout);
        // A thread of its own: code that does not give its thread back keeps nobody else's.
        var looking = Task.Factory.StartNew(() => source.Look(memory, limit.Token), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap();
        try
        {
            return await looking.WaitAsync(timeout + ToEnd, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            if (!looking.IsCompleted)
            {
                _hanging[name] = looking.ContinueWith(_ => { }, TaskScheduler.Default);
                return SourceLook.Failed($"no answer within {Seconds(timeout)} s, and the run does not end");
            }
            return SourceLook.Failed(limit.IsCancellationRequested && e is OperationCanceledException or TimeoutException
                ? $"no answer within {Seconds(timeout)} s" : Reason(e));
        }
    }

    void Tell(SourcePlan plan, SourceChange change, SourceLook look)
    {
        if (change.Before != look.State && look.State == SourceState.Failed)
            log.LogWarning("{Source} cannot be read: {Reason}", plan.Name, look.Reason);
        else if (change.Before == SourceState.Failed && look.State != SourceState.Failed)
            log.LogInformation("{Source} can be read again", plan.Name);
        if (change.Fired + change.Resolved > 0)
            log.LogInformation("{Source} tells of {Fired} new or changed conditions, and that {Resolved} are over", plan.Name, change.Fired,
                change.Resolved);
    }

    static string Reason(Exception e) => PlainLine.Of(e.InnerException is { } inner && e is AggregateException ? inner.Message : e.Message)
        is { Length: > 0 } said ? $"{(e is InvalidDataException or HttpRequestException ? "" : $"{Name(e)}: ")}{said}" : Name(e);

    static string Name(Exception e) => e.GetType().Name.Replace("Exception", "", StringComparison.Ordinal);

    static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);
}
