using System.Diagnostics;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Screens;
using Sigma.Benchmarks.Services;
using Sigma.Benchmarks.Traffic;
using Sigma.OperatorConsole;

namespace Sigma.Benchmarks.Parts;

/// <summary>500 alerts a second are raised and 500 are over: how soon do 50 screens have that, is anything lost, what memory does it take?</summary>
internal static class ConsoleStorm
{
    public const int Streams = 25, Pages = 25;

    const int Rate = 500, Lasting = 10 * Rate; // an alert is over after 10 s
    const int FilteredBySeverity = 5, FilteredBySource = 5;
    const double MostOfConsole = 600, MostTogether = 1_200, MostLate = 1_000;

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10), Patience = TimeSpan.FromSeconds(60);

    public static async Task Run(ConsoleUnderLoad load, string part, uint series, int seconds, CancellationToken ct)
    {
        var (session, report) = (load.Session, load.Report);
        StormWatch watch = new(series, Lasting + Rate * (seconds + 5));
        var before = await session.Total("", ct);
        var raisedAt = new DateTimeOffset[watch.Most];
        for (var first = 0; first < Lasting; first += Rate)
            await Task.WhenAll(Enumerable.Range(first, Rate).Select(Publish)); // before anybody looks: not timed
        await session.Until("", before + Lasting, Patience, ct);

        Progress.Say($"{part}: opening {Streams + Pages} screens");
        await using OpenScreens screens = new();
        var streams = await OpenStreams(session, watch, screens, ct);
        var pages = await OpenPages(session, watch, screens, ct);
        await Task.Delay(TimeSpan.FromSeconds(2), ct);
        var quiet = load.Console.Memory.Now;
        foreach (var service in load.Station.Services)
            service.Memory.Begin();
        using var watched = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var most = Watch(load, watched.Token);
        var processors = ProcessorTime.Begin(load.Servers, load.Station.Services);

        Progress.Say($"{part}: {Rate} raises and {Rate} ends a second for {seconds} s");
        var started = Stopwatch.GetTimestamp();
        var steps = 0;
        while (Stopwatch.GetElapsedTime(started).TotalSeconds is var elapsed && elapsed < seconds)
        {
            var due = Math.Min((int)(elapsed * Rate), watch.Most - Lasting);
            if (due == steps)
                await Task.Delay(Look, ct);
            else
                await Task.WhenAll(Enumerable.Range(steps, due - steps).SelectMany(step => (Task[])[Raise(Lasting + step), Clear(step)]));
            steps = Math.Max(steps, due);
        }
        var offered = 2 * steps / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var last = Stopwatch.GetTimestamp();
        int Missing() => streams.Sum(sight => sight.Missing(Lasting..(Lasting + steps), ..steps));
        while (Missing() > 0 && Stopwatch.GetElapsedTime(last) < Patience && screens.Lost == 0)
            await Task.Delay(200, ct);
        await watched.CancelAsync();
        var (together, waiting) = await most;

        report.Add(new Figure(part, "raises and ends a second offered", offered, "/s") { AtLeast = 1.9 * Rate });
        report.Add([.. All(streams).Figures(part, $"from publishing until one of {Streams} streams has it", MostLate)]);
        report.Add([.. All(pages).Figures(part, $"from publishing until one of {Pages} live pages has it", MostLate)]);
        report.Add(
            new Figure(part, "raises and ends that a stream was not told of", Missing(), "") { AtMost = 0 },
            new Figure(part, "alerts too many or too few on the board at the end", Math.Abs(before + Lasting - await session.Total("", ct)), "")
                { AtMost = 0 },
            new Figure(part, "messages in the error queue", await load.Publisher.Failed(ConsoleQueues.Alerts, ct), "") { AtMost = 0 },
            new Figure(part, "messages waiting in the console's queue, most", waiting, ""),
            new Figure(part, "screens that were lost", screens.Lost, "") { AtMost = 0 },
            new Figure(part, $"memory of the console with {Streams + Pages} screens, before the storm", quiet, "MB"),
            new Figure(part, $"memory of the console with {Streams + Pages} screens, most", load.Console.Memory.Most, "MB")
                { AtMost = MostOfConsole },
            new Figure(part, $"memory of {string.Join(", ", load.Station.Services.Select(s => s.Name))} together, most", together, "MB")
                { AtMost = MostTogether });
        report.Add([.. processors.Figures(part, 2 * steps)]);
        if (screens.Failure is { } failure)
            report.Note($"{part}: a screen was lost: {failure}");

        Task Raise(int number)
        {
            watch.Raise(number);
            return Publish(number);
        }

        Task Publish(int number)
        {
            raisedAt[number] = TimeProvider.System.GetUtcNow();
            return load.Publisher.Publish(AlertStock.Raised(series, number, raisedAt[number]), ct);
        }

        Task Clear(int number)
        {
            watch.Clear(number);
            return load.Publisher.Publish(AlertStock.Cleared(series, number, raisedAt[number], TimeProvider.System.GetUtcNow()), ct);
        }
    }

    /// <summary>One is told of everything, the others of a severity, a source or a rule.</summary>
    static async Task<List<StormSight>> OpenStreams(ConsoleSession session, StormWatch watch, OpenScreens screens, CancellationToken ct)
    {
        List<StormSight> sights = [];
        for (var i = 0; i < Streams; i++)
        {
            var (filter, shows) = Filter(i - 1);
            StormSight sight = new(watch, shows);
            sights.Add(sight);
            screens.Add(await LiveStream.Open(session.Api, filter, sight.OfStream, ct));
        }
        return sights;
    }

    static (string Filter, Func<int, bool> Shows) Filter(int number)
    {
        if (number < 0)
            return ("", _ => true);
        if (number < FilteredBySeverity)
            return ($"severity={AlertStock.Severity(number)}", n => AlertStock.Severity(n) == AlertStock.Severity(number));
        if (number < FilteredBySeverity + FilteredBySource && AlertStock.Source(8 * (number - FilteredBySeverity)) is var source)
            return ($"source={source}", n => AlertStock.Source(n) == source);
        return ($"rule={AlertStock.Rule(number)}", n => AlertStock.Rule(n) == AlertStock.Rule(number));
    }

    /// <summary>The newest of a severity: what is raised comes to the top.</summary>
    static async Task<List<StormSight>> OpenPages(ConsoleSession session, StormWatch watch, OpenScreens screens, CancellationToken ct)
    {
        List<StormSight> sights = [];
        for (var i = 0; i < Pages; i++)
        {
            StormSight sight = new(watch, _ => false);
            sights.Add(sight);
            screens.Add(await Circuit.Open(session, $"severity={AlertStock.Severity(i)}&sort=newest", sight.OfPage, ct));
        }
        return sights;
    }

    static Times All(List<StormSight> sights)
    {
        Times all = new();
        foreach (var sight in sights)
            all.Add(sight.Took);
        return all;
    }

    /// <summary>The most memory of all services at one moment, and the most messages that no consumer had yet.</summary>
    static async Task<(double Together, uint Waiting)> Watch(ConsoleUnderLoad load, CancellationToken ct)
    {
        var (together, waiting) = (0d, 0u);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(500));
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                together = Math.Max(together, load.Station.Services.Sum(service => service.Memory.Now));
                waiting = Math.Max(waiting, await load.Publisher.Waiting(ConsoleQueues.Alerts, ct));
            }
        }
        catch (OperationCanceledException)
        {
            // the storm is over
        }
        return (together, waiting);
    }
}
