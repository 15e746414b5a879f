using System.Diagnostics;
using Microsoft.Extensions.Options;
using Sigma.Storage;

namespace Sigma.Fetcher.Coverage;

/// <summary>
/// Of several fetchers one works on a source. The lease runs on the database's clock, the only one they share. One that ends later than any lease
/// lasts was given by a clock that was ahead, and holds nobody off.
/// </summary>
internal sealed class SourceLease(Database database, IOptions<FetcherOptions> options, ILogger<SourceLease> log)
{
    static readonly TimeSpan Span = TimeSpan.FromSeconds(30), Renewal = TimeSpan.FromSeconds(10), Grace = TimeSpan.FromSeconds(5),
        Rounding = TimeSpan.FromSeconds(30);

    readonly FetcherOptions _options = options.Value;
    readonly ILogger _log = log;
    readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    bool _standingBy;

    /// <summary>The lease for one poll; null while another fetcher has it.</summary>
    public async Task<HeldLease?> Take(CancellationToken ct)
    {
        var taken = await Extend(Span, ct);
        if (!taken && !_standingBy)
            _log.LogInformation("Another fetcher holds the lease of {Source}; this one is on standby", _options.Source);
        else if (taken && _standingBy)
            _log.LogInformation("This fetcher has acquired the lease of {Source}", _options.Source);
        _standingBy = !taken;
        return taken ? new HeldLease(this, ct) : null;
    }

    /// <summary>Lets another fetcher begin at once.</summary>
    public async Task Release(CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        await session.Execute("update fetcher_sources set lease_until = 0 where source = @Source and lease_owner = @owner", // primary key
            new { _options.Source, owner = _owner }, ct);
        await session.Commit(ct);
    }

    async Task<bool> Extend(TimeSpan span, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        // The row is added only where there is none: an insert that finds one shares its lock, and two who then want to update it are a deadlock.
        var taken = await Update() || (await session.Execute(
            $"{session.Dialect.InsertIgnore} into fetcher_sources(source, watermark) values(@Source, 0)", new { _options.Source }, ct) == 1
            && await Update());
        await session.Commit(ct);
        return taken;

        async Task<bool> Update() => await session.Execute( // primary key
            $"""
            update fetcher_sources set lease_owner = @owner, lease_until = {session.Dialect.Now} + @span
            where source = @Source and (lease_owner = @owner or lease_until <= {session.Dialect.Now}
            or lease_until > {session.Dialect.Now} + @longest)
            """,
            new { _options.Source, owner = _owner, span = (long)span.TotalMilliseconds,
                longest = (long)(Span + _options.PollInterval + Grace + Rounding).TotalMilliseconds }, ct) > 0;
    }

    sealed class LeaseTakenException() : Exception("another fetcher has it");

    /// <summary>Renewed until disposed; after that it is kept until this fetcher's next poll is overdue.</summary>
    internal sealed class HeldLease : IAsyncDisposable
    {
        readonly SourceLease _lease;
        readonly CancellationTokenSource _held, _done = new();
        readonly Task _renewal;

        public HeldLease(SourceLease lease, CancellationToken ct)
        {
            _lease = lease;
            _held = CancellationTokenSource.CreateLinkedTokenSource(ct);
            _renewal = Renew(_done.Token);
        }

        /// <summary>Cancelled when the lease is lost.</summary>
        public CancellationToken Token => _held.Token;

        public async ValueTask DisposeAsync()
        {
            await _done.CancelAsync();
            await _renewal;
            await KeepUntilNextPoll();
            await _held.CancelAsync();
            _held.Dispose();
            _done.Dispose();
        }

        async Task KeepUntilNextPoll()
        {
            if (_held.IsCancellationRequested)
                return;
            try
            {
                await _lease.Extend(_lease._options.PollInterval + Grace, CancellationToken.None);
            }
            catch (Exception e)
            {
                _lease._log.LogDebug(e, "Renewing the lease failed, it expires by itself");
            }
        }

        async Task Renew(CancellationToken done)
        {
            using var timer = new PeriodicTimer(Renewal);
            try
            {
                for (var renewed = Stopwatch.GetTimestamp(); await timer.WaitForNextTickAsync(done);)
                    if (await Renewed(Stopwatch.GetElapsedTime(renewed), done))
                        renewed = Stopwatch.GetTimestamp();
            }
            catch (OperationCanceledException) when (done.IsCancellationRequested)
            {
                // the poll is over
            }
            catch (Exception e)
            {
                _lease._log.LogWarning("The lease of {Source} was lost, the poll ends: {Reason}", _lease._options.Source, e.Message);
                await _held.CancelAsync();
            }
        }

        /// <summary>Renews; a failure is no loss while there is time for another try.</summary>
        async Task<bool> Renewed(TimeSpan since, CancellationToken done)
        {
            try
            {
                return await _lease.Extend(Span, done) ? true : throw new LeaseTakenException();
            }
            catch (Exception e) when (e is not LeaseTakenException && !done.IsCancellationRequested && since + Renewal < Span)
            {
                return false;
            }
        }
    }
}
