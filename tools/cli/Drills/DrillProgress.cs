using System.Diagnostics;
using System.Globalization;
using Sigma.Cli.Broker;
using Sigma.Cli.Settings;
using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Fetcher.Drills;
using Sigma.Hosting.Messaging;
using Sigma.Notifier;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Drills;

/// <summary>Follows a drill by what the services write down, and says of each hop when it came, or why it did not.</summary>
internal sealed class DrillProgress
{
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    readonly Database _database;
    readonly DrillTable _drills;
    readonly DrillState _drill;
    readonly CliSettings _settings;
    readonly TimeSpan _limit;
    readonly Screen _screen;
    readonly List<DrillStep> _hops;
    readonly DrillStep _registered, _ended;
    readonly HashSet<string> _reportedWaiting = [];
    readonly long _asked = Stopwatch.GetTimestamp();

    public DrillProgress(Database database, DrillTable drills, DrillState drill, CliSettings settings, TimeSpan limit, Screen screen)
    {
        _database = database;
        _drills = drills;
        _drill = drill;
        _settings = settings;
        _limit = limit;
        _screen = screen;
        var taken = new DrillStep("taken", null, limit, snapshot => If(snapshot.Row.TakenAt is not null, "a fetcher took it"),
            (_, _) => Say("no fetcher took it: is one running, on this database? What does its /health/ready say?"));
        var published = new DrillStep("published", taken,
            limit, snapshot => If(snapshot.Row.PublishedAt is not null, $"the broker has its {Drill.Events} events"),
            (snapshot, _) => Say($"the fetcher could not publish it: {snapshot.Row.Reason ?? "it stopped in the middle"}"));
        var stored = new DrillStep("stored", published,
            limit, snapshot => If(snapshot.Stored == Drill.Events, $"an evaluator stored {Drill.Events} events"),
            async (_,
                ct) =>
                $"nobody took the batch from {EvaluatorQueues.EventBatches}: is an evaluator "
                    + $"running?{await QueueState(EvaluatorQueues.EventBatches, ct)}");
        var raised = new DrillStep("raised", stored, limit, snapshot => If(snapshot.Raised, "its alert was raised"),
            async (_, ct) => $"the evaluator stored the events and raised nothing.{await QueueState(EvaluatorQueues.Triggers, ct)}");
        _registered = new DrillStep("registered", raised, limit, snapshot => If(snapshot.Registered, "a notifier wrote it down"),
            async (_,
                ct) => $"nobody took the alert from {NotifierQueues.Alerts}: is a notifier running?{await QueueState(NotifierQueues.Alerts, ct)}");
        var cleared = new DrillStep("cleared", raised, limit + Drill.Window, snapshot => If(snapshot.Cleared, "its alert was cleared"),
            async (snapshot, ct) => snapshot.Row.ClosedAt is null
                ? $"the fetcher has not published the time by which it is cleared: {snapshot.Row.Reason ?? "is it still running?"}"
                : $"the evaluator has all of its time and did not clear "
                    + $"it.{await QueueState(EvaluatorQueues.EventBatches, ct)}{await QueueState(EvaluatorQueues.Triggers, ct)}");
        _ended = new DrillStep("end-registered", cleared, limit, snapshot => If(snapshot.ClearRegistered, "a notifier wrote its end down"),
            async (_,
                ct) => $"nobody took its end from {NotifierQueues.Alerts}: is a notifier running?{await QueueState(NotifierQueues.Alerts, ct)}");
        _hops = [taken, published, stored, raised, _registered, cleared, _ended];
    }

    /// <summary>Returns whether all came that was to, and somebody was told.</summary>
    public async Task<bool> Run(CancellationToken ct)
    {
        DrillSnapshot? snapshot = null;
        using var timer = new PeriodicTimer(LookEvery);
        do
        {
            try
            {
                snapshot = await _drill.Look(_database, _drills, ct);
            }
            catch (Exception) when (snapshot is not null && !ct.IsCancellationRequested)
            {
                // Its limit tells when it is away for too long.
            }
            await Follow(snapshot!, ct);
        }
        while (_hops.Exists(step => step.IsNext) && await timer.WaitForNextTickAsync(ct));
        return Conclude(snapshot!);
    }

    async Task Follow(DrillSnapshot snapshot, CancellationToken ct)
    {
        for (var i = 0; i < _hops.Count; i++) // a hop that came may bring others
        {
            var step = _hops[i];
            if (!step.IsNext)
                continue;
            var now = Stopwatch.GetElapsedTime(_asked);
            if (step.Look(snapshot) is { } outcome)
                Report(step, outcome, now);
            else if (now - step.Since > step.Limit)
                Report(step, new StepOutcome(StepVerdict.Fail, await step.Missing(snapshot, ct)), now);
            else
                await ReportWaiting(step, snapshot, ct);
            if (step.Verdict == StepVerdict.Pass && (step == _registered || step == _ended))
                _hops.AddRange(Channels(step, step == _registered ? DeliveryKind.Raised : DeliveryKind.Cleared, snapshot));
        }
    }

    // Its rows are written with the alert, one for each channel that is to be told.
    IEnumerable<DrillStep> Channels(DrillStep after, string kind, DrillSnapshot snapshot) =>
        snapshot.Deliveries.Where(d => d.Kind == kind).Select(d => d.Channel).Select(channel =>
        new DrillStep(kind == DeliveryKind.Raised ? "told" : "end-told", after,
            _limit, now => Of(now, channel, kind) is { } told ? Came(told, kind) : null, async (now, ct) =>
            $"{channel}: " + Of(now, channel, kind)?.State switch
            {
                DeliveryState.Waiting => $"it still waits for its turn{await Before(channel, ct)}.",
                DeliveryState.Sending => "its API has not answered yet.",
                _ => $"nobody took it from {QueueOf(channel)}: is a notifier running?{await QueueState(QueueOf(channel), ct)}",
            }) { Channel = channel });

    string QueueOf(string channel) =>
        IntegrationQuery.All(_settings.Configuration).FirstOrDefault(integration => integration.Name == channel)?.Queue
            ?? NotifierQueues.OfChannel(channel);

    static DrillDelivery? Of(DrillSnapshot snapshot, string channel, string kind) =>
        snapshot.Deliveries.FirstOrDefault(d => d.Channel == channel && d.Kind == kind);

    static StepOutcome? Came(DrillDelivery told, string kind) => told.State switch
    {
        DeliveryState.Sent =>
            new(StepVerdict.Pass,
                $"{told.Channel}: {(kind == DeliveryKind.Raised ? "told" : "its end told")}"
                    + (told.Receipt is { } receipt ? $", receipt {receipt}" : ", and the API took it")),
        DeliveryState.Merged => new(StepVerdict.Pass, $"{told.Channel}: its end was told together with it"),
        DeliveryState.Skipped => new(StepVerdict.Skip, $"{told.Channel}: {told.Reason}"),
        DeliveryState.Failed or DeliveryState.Uncertain => new(StepVerdict.Fail, $"{told.Channel}: {told.Reason}"),
        _ => null,
    };

    bool Conclude(DrillSnapshot snapshot)
    {
        var told = _hops.Exists(step => step is { Name: "told", Verdict: StepVerdict.Pass });
        if (_registered.Verdict == StepVerdict.Pass && !told && !_hops.Exists(step => step.Verdict == StepVerdict.Fail))
            Report(new DrillStep("told", _registered, _limit, _ => null, (_, _) => Say("")),
                new StepOutcome(StepVerdict.Fail, snapshot.Deliveries.Count == 0
                    ? "the notifier has no such channel" : "nobody was told: every channel was left out"), Stopwatch.GetElapsedTime(_asked));
        var passed = told && !_hops.Exists(step => step.Verdict == StepVerdict.Fail || step.IsLost);
        var seconds = Stopwatch.GetElapsedTime(_asked).TotalSeconds;
        _screen.Line(new { drill = _drill.Id, verdict = passed ? "pass" : "fail", seconds = Math.Round(seconds, 1) },
            string.Create(CultureInfo.InvariantCulture,
                $"The drill {(passed ? "passed" : "FAILED")} after {seconds:0.0} s. Nothing of it is in the reports."));
        return passed;
    }

    void Report(DrillStep step, StepOutcome outcome, TimeSpan now)
    {
        step.At = now;
        step.Verdict = outcome.Verdict;
        var took = now - step.Since;
        var verdict = outcome.Verdict == StepVerdict.Fail ? "FAIL" : outcome.Verdict.ToString().ToLowerInvariant();
        var says = Screen.Harmless(outcome.Text).ReplaceLineEndings(" ");
        _screen.Line(new { drill = _drill.Id, hop = step.Name, channel = step.Channel, verdict = verdict.ToLowerInvariant(),
            seconds = Math.Round(took.TotalSeconds, 1), says },
            string.Create(CultureInfo.InvariantCulture, $"{verdict,-5} {took.TotalSeconds,6:0.0} s  {says}"));
    }

    async Task ReportWaiting(DrillStep step, DrillSnapshot snapshot, CancellationToken ct)
    {
        if (step.Channel is { } channel
            && Of(snapshot, channel, step.Name == "told" ? DeliveryKind.Raised : DeliveryKind.Cleared) is { State: DeliveryState.Waiting }
            && _reportedWaiting.Add(channel))
            _screen.Say($"wait            {channel}: it waits for its turn{await Before(channel, ct)}.");
    }

    async Task<string> Before(string channel, CancellationToken ct)
    {
        var (before, held) = await new ToldDrills(_database).Line(channel, ct);
        return (before > 0 ? $"; {before} that are about alerts go first" : "")
            + (held is null ? "" : $"; the last call failed: {Screen.Harmless(held)}");
    }

    /// <summary>What the broker says of a queue and its error queue; nothing when it cannot be asked.</summary>
    async Task<string> QueueState(string queue, CancellationToken ct)
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
            return state
                + (await Queues.Waiting(broker, queue + "_error", ct) is > 0 and var errors
                    ? $" {errors} lie in its error queue: sigma errors show {queue}." : "");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return _settings.Of<BusOptions>("Bus").Transport == BusTransport.InMemory ? " See its log." : $" {e.Message}";
        }
    }

    static StepOutcome? If(bool came, string says) => came ? new StepOutcome(StepVerdict.Pass, says) : null;

    static Task<string> Say(string says) => Task.FromResult(says);
}
