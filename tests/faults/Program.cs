using System.Runtime.InteropServices;
using Sigma.Faults;
using Sigma.Faults.Injection;
using Sigma.Faults.Stations;
using Sigma.Faults.Traffic;
using Sigma.Faults.Verdicts;
using Sigma.Faults.Watching;
using Sigma.Storage;

// Breaks everything that can break while two of each service do their work, and then recounts what became of it.
if (CommandLine.Parse(args) is not { } wanted)
    return CommandLine.ExitCode(args);

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask); // else it is only the simulator that hears it
var ct = stop.Token;
try
{
    await using var station = await Station.Start(wanted.Seed, ct);
    await using var heartbeat = new Heartbeat(station);
    if (await heartbeat.Healthy(TimeSpan.FromMinutes(2), ct) is null)
        throw new InvalidOperationException($"The station does not begin its work: {heartbeat.Complaint}.");

    var start = TimeProvider.System.Milliseconds().ToTime();
    var end = start + wanted.Length;
    var plan = new Plan(wanted.Seed, start, wanted.Length);
    foreach (var occurrence in plan.Occurrences)
        station.Simulator.Segware.Add(occurrence);
    station.Simulator.Segware.AddRange(plan.Events);
    NewsPlan news = new(wanted.Seed, start, wanted.Length);
    using GatewaySender sender = new(station.Gateways);
    NewsFeed feed = new(sender, news);
    await using Commands commands = new(station.BrokerAddress);
    People people = new(station, commands, wanted.Seed);
    using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
    using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
    Task[] beside = [feed.Run(start, over.Token), people.Run(enough.Token, ct)];
    Progress.Say($"Seed {wanted.Seed}: {plan.Events.Count:#,0} events over {wanted.Length.TotalMinutes:0.#} minutes; faults from now on");

    var schedule = new Schedule(FaultKinds.Of(station), heartbeat, wanted.Seed);
    var watched = new WatchedTime(station.Simulator);
    heartbeat.Meanwhile = watched.TakeIn;
    await schedule.Run(end - TimeSpan.FromSeconds(10), ct);
    Progress.Say("No more faults; waiting until all is settled");
    await enough.CancelAsync();
    await beside[1];
    var open = await Drain.Wait(station, end, ct);
    if (open is not null)
        Progress.Say($"Not settled: {open}");

    await over.CancelAsync();
    await beside[0];

    Telling telling = new(people.Silences, schedule.Faults);
    var oracle = new Oracle(station.Simulator.Offered(start, end + Plan.Window), plan.Occurrences);
    List<Figure> figures =
    [
        .. await EventVerdict.Of(station, oracle, 1 + schedule.Faults.Count(s => s.Group == FaultKinds.RuleRenamed), ct),
        .. EpisodeVerdict.Of(oracle, station.Alerts, watched, new ExpectedCount(watched, schedule.Faults)),
        .. NewsVerdict.Of(news, feed.Silences, station.Alerts, schedule.Faults),
        .. SenderVerdict.Of(sender),
        .. DeliveryVerdict.Of(station.Alerts, telling, station.Simulator, schedule.Faults),
        .. await EscalationVerdict.Of(station, people, telling, ct),
        .. WatchVerdict.Of(station, schedule, watched, start, end),
    ];
    var report = new Report(wanted, await Machine.Describe(station, wanted, ct), figures, schedule.Faults);
    report.Print(Console.Out);
    if (wanted.JsonFile is { } file)
        await report.Write(file, ct);
    return report.Passed ? 0 : 1;
}
catch (OperationCanceledException) when (ct.IsCancellationRequested)
{
    return 130;
}

void Ask(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
