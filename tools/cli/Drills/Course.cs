using System.Diagnostics;
using System.Globalization;
using Sigma.Cli.Broker;
using Sigma.Cli.Settings;
using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Fetcher.Drills;
using Sigma.Hosting.Messaging;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Queries;
using Sigma.Notifier;
using Sigma.Storage;

namespace Sigma.Cli.Drills;

/// <summary>Follows a drill by what the services write down, and says of each hop when it came, or why it did not.</summary>
internal sealed class Course
{
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    readonly Database _database;
    readonly DrillTable _drills;
    readonly Drilled _drill;
    readonly CliSettings _settings;
    readonly TimeSpan _limit;
    readonly Screen _screen;
    readonly List<Hop> _hops;
    readonly Hop _registered, _ended;
    readonly HashSet<string> _saidToWait = [];
    readonly long _asked = Stopwatch.GetTimestamp();

    public Course(Database database, DrillTable drills, Drilled drill, CliSettings settings, TimeSpan limit, Screen screen)
    {
        (_database, _drills, _drill, _settings, _limit, _screen) = (database, drills, drill, settings, limit, screen);
        var taken = new Hop("taken", null, limit, seen => If(seen.Row.TakenAt is not null, "a fetcher took it"),
            (_, _) => Say("no fetcher took it: is one running, on this database? What does its /health/ready say?"));
        var published = new Hop("published", taken, limit, seen => If(seen.Row.PublishedAt is not null, $"the broker has its {Drill.Events} events"),
            (seen, _) => Say($"the fetcher could not publish it: {seen.Row.Reason ?? "it stopped in the middle"}"));
        var stored = new Hop("stored", published, limit, seen => If(seen.Stored == Drill.Events, $"an evaluator stored {Drill.Events} events"),
            async (_, ct) => $"nobody took the batch from {EvaluatorQueues.EventBatches}: is an evaluator running?{await In(EvaluatorQueues.EventBatches, ct)}");
        var raised = new Hop("raised", stored, limit, seen => If(seen.Raised, "its alert was raised"),
            async (_, ct) => $"the evaluator stored the events and raised nothing.{await In(EvaluatorQueues.Triggers, ct)}");
        _registered = new Hop("registered", raised, limit, seen => If(seen.Registered, "a notifier wrote it down"),
            async (_, ct) => $"nobody took the alert from {NotifierQueues.Alerts}: is a notifier running?{await In(NotifierQueues.Alerts, ct)}");
        var cleared = new Hop("cleared", raised, limit + Drill.Window, seen => If(seen.Cleared, "its alert was cleared"),
            async (seen, ct) => seen.Row.ClosedAt is null
                ? $"the fetcher has not published the time by which it is cleared: {seen.Row.Reason ?? "is it still running?"}"
                : $"the evaluator has all of its time and did not clear it.{await In(EvaluatorQueues.EventBatches, ct)}{await In(EvaluatorQueues.Triggers, ct)}");
        _ended = new Hop("end-registered", cleared, limit, seen => If(seen.ClearRegistered, "a notifier wrote its end down"),
            async (_, ct) => $"nobody took its end from {NotifierQueues.Alerts}: is a notifier running?{await In(NotifierQueues.Alerts, ct)}");
        _hops = [taken, published, stored, raised, _registered, cleared, _ended];
    }

    /// <summary>Returns whether all came that was to, and somebody was told.</summary>
    public async Task<bool> Run(CancellationToken ct)
    {
        Seen? seen = null;
        using var timer = new PeriodicTimer(LookEvery);
        do
        {
            try
            {
                seen = await _drill.Look(_database, _drills, ct);
            }
            catch (Exception) when (seen is not null && !ct.IsCancellationRequested)
            {
                // Its limit tells when it is away for too long.
            }
            await Follow(seen!, ct);
        }
        while (_hops.Exists(hop => hop.IsNext) && await timer.WaitForNextTickAsync(ct));
        return Sum(seen!);
    }

    async Task Follow(Seen seen, CancellationToken ct)
    {
        for (var i = 0; i < _hops.Count; i++) // a hop that came may bring others
        {
            var hop = _hops[i];
            if (!hop.IsNext)
                continue;
            var now = Stopwatch.GetElapsedTime(_asked);
            if (hop.Look(seen) is { } came)
                Tell(hop, came, now);
            else if (now - hop.Since > hop.Limit)
                Tell(hop, new Came(Verdict.Fail, await hop.Missing(seen, ct)), now);
            else
                await SayToWait(hop, seen, ct);
            if (hop.Verdict == Verdict.Pass && (hop == _registered || hop == _ended))
                _hops.AddRange(Channels(hop, hop == _registered ? DeliveryKind.Raised : DeliveryKind.Cleared, seen));
        }
    }

    // Its rows are written with the alert, one for each channel that is to be told.
    IEnumerable<Hop> Channels(Hop after, string kind, Seen seen) => seen.Deliveries.Where(d => d.Kind == kind).Select(d => d.Channel).Select(channel =>
        new Hop(kind == DeliveryKind.Raised ? "told" : "end-told", after, _limit, now => Of(now, channel, kind) is { } told ? Came(told, kind) : null, async (now, ct) =>
            $"{channel}: " + Of(now, channel, kind)?.State switch
            {
                DeliveryState.Waiting => $"it still waits for its turn{await Before(channel, ct)}.",
                DeliveryState.Sending => "its API has not answered yet.",
                _ => $"nobody took it from {NotifierQueues.OfChannel(channel)}: is a notifier running?{await In(NotifierQueues.OfChannel(channel), ct)}",
            }) { Channel = channel });

    static DrillDelivery? Of(Seen seen, string channel, string kind) => seen.Deliveries.FirstOrDefault(d => d.Channel == channel && d.Kind == kind);

    static Came? Came(DrillDelivery told, string kind) => told.State switch
    {
        DeliveryState.Sent => new(Verdict.Pass, $"{told.Channel}: {(kind == DeliveryKind.Raised ? "told" : "its end told")}{(told.Receipt is { } receipt ? $", receipt {receipt}" : ", and the API took it")}"),
        DeliveryState.Merged => new(Verdict.Pass, $"{told.Channel}: its end was told together with it"),
        DeliveryState.Skipped => new(Verdict.Skip, $"{told.Channel}: {told.Reason}"),
        DeliveryState.Failed or DeliveryState.Uncertain => new(Verdict.Fail, $"{told.Channel}: {told.Reason}"),
        _ => null,
    };

    bool Sum(Seen seen)
    {
        var told = _hops.Exists(hop => hop is { Name: "told", Verdict: Verdict.Pass });
        if (_registered.Verdict == Verdict.Pass && !told && !_hops.Exists(hop => hop.Verdict == Verdict.Fail))
            Tell(new Hop("told", _registered, _limit, _ => null, (_, _) => Say("")),
                new Came(Verdict.Fail, seen.Deliveries.Count == 0 ? "the notifier has no such channel" : "nobody was told: every channel was left out"), Stopwatch.GetElapsedTime(_asked));
        var passed = told && !_hops.Exists(hop => hop.Verdict == Verdict.Fail || hop.IsLost);
        var seconds = Stopwatch.GetElapsedTime(_asked).TotalSeconds;
        _screen.Line(new { drill = _drill.Id, verdict = passed ? "pass" : "fail", seconds = Math.Round(seconds, 1) },
            string.Create(CultureInfo.InvariantCulture, $"The drill {(passed ? "passed" : "FAILED")} after {seconds:0.0} s. Nothing of it is in the reports."));
        return passed;
    }

    void Tell(Hop hop, Came came, TimeSpan now)
    {
        (hop.At, hop.Verdict) = (now, came.Verdict);
        var took = now - hop.Since;
        var verdict = came.Verdict == Verdict.Fail ? "FAIL" : came.Verdict.ToString().ToLowerInvariant();
        var says = Screen.Harmless(came.Says).ReplaceLineEndings(" ");
        _screen.Line(new { drill = _drill.Id, hop = hop.Name, channel = hop.Channel, verdict = verdict.ToLowerInvariant(), seconds = Math.Round(took.TotalSeconds, 1), says },
            string.Create(CultureInfo.InvariantCulture, $"{verdict,-5} {took.TotalSeconds,6:0.0} s  {says}"));
    }

    async Task SayToWait(Hop hop, Seen seen, CancellationToken ct)
    {
        if (hop.Channel is { } channel && Of(seen, channel, hop.Name == "told" ? DeliveryKind.Raised : DeliveryKind.Cleared) is { State: DeliveryState.Waiting } && _saidToWait.Add(channel))
            _screen.Say($"wait            {channel}: it waits for its turn{await Before(channel, ct)}.");
    }

    async Task<string> Before(string channel, CancellationToken ct)
    {
        var (before, held) = await new ToldDrills(_database).Line(channel, ct);
        return (before > 0 ? $"; {before} that are about alerts go first" : "") + (held is null ? "" : $"; the last call failed: {Screen.Harmless(held)}");
    }

    /// <summary>What the broker says of a queue and its error queue; nothing when it cannot be asked.</summary>
    async Task<string> In(string queue, CancellationToken ct)
    {
        try
        {
            await using var broker = await BrokerConnection.Open(_settings, ct);
            var state = await Queues.State(broker, queue, ct) switch
            {
                null => $" There is no queue {queue}.",
                { ConsumerCount: 0 } there => $" {there.MessageCount} wait in {queue} and nobody reads it.",
                { } there => $" {there.MessageCount} wait in {queue}, which {there.ConsumerCount} read.",
            };
            return state + (await Queues.Waiting(broker, queue + "_error", ct) is > 0 and var errors ? $" {errors} lie in its error queue: sigma errors show {queue}." : "");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return _settings.Of<BusOptions>("Bus").Transport == BusTransport.InMemory ? " Its log tells." : $" {e.Message}";
        }
    }

    static Came? If(bool came, string says) => came ? new Came(Verdict.Pass, says) : null;

    static Task<string> Say(string says) => Task.FromResult(says);
}
