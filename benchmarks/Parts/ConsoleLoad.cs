using Sigma.Benchmarks.Broker;
using Sigma.Benchmarks.Figures;
using Sigma.Benchmarks.Screens;
using Sigma.Benchmarks.Services;
using Sigma.Benchmarks.Traffic;

namespace Sigma.Benchmarks.Parts;

/// <summary>
/// The console with 100,000 alerts: how fast does it take them in, show and find them, take commands, and tell 50 screens in a storm?
/// </summary>
internal static class ConsoleLoad
{
    public static async Task Run(BenchmarkServers servers, CommandLine wanted, Report report, CancellationToken ct)
    {
        await using var station = await BenchmarkStation.Create(servers, "console", ct, subscribes: false);
        await using var names = await NameServer.Start(ct);
        // Each starts when the one that takes its messages is there.
        var console = station.Start("console", "Sigma.Console.dll", [.. Settings(names.Url)]);
        await console.Ready(ct);
        var evaluator = station.Start("evaluator", "Sigma.Evaluator.dll", [.. ConsoleIntake.Rule()]);
        await evaluator.Ready(ct);
        await using var publisher = await BatchPublisher.Start(station.Broker, ct);
        using var session = await ConsoleSession.SignIn(console.Url, station.Database, ct);
        ConsoleUnderLoad load = new(servers, station, console, publisher, session, report);

        await ConsoleIntake.Run(load, wanted.Alerts, ct);
        await ConsoleReads.Run(load, ct);
        await ConsoleCommands.Run(load, ct);
        var seconds = wanted.Seconds ?? 60;
        await ConsoleStorm.Run(load, "Console, storm", 0x5c0ffee1, seconds, ct);
        await station.StartNotifier().Ready(ct);
        await station.StartFetcher().Ready(ct);
        await ConsoleStorm.Run(load, "Console, storm, all services beside it", 0x5c0ffee2, seconds, ct);
        Note(report);
    }

    // The console is not told where the evaluator is: that would find that most of these alerts are not its own, and end them.
    static IEnumerable<(string, string)> Settings(string names) =>
    [
        ("Api__Key", NameServer.Key),
        ("Console__AdministratorName", ConsoleSession.Name),
        ("Console__AdministratorPassword", ConsoleSession.Password),
        ("Console__Evaluator", "http://127.0.0.1:9"),
        ("Console__Notifier", names),
        ("Console__Fetcher", "http://127.0.0.1:9"),
    ];

    static void Note(Report report)
    {
        report.Note(
            $"Console: {AlertStock.Shape}. All but some alerts are published as an evaluator publishes them; the others, which are acknowledged, "
            + "are raised by a real evaluator, of another monitoring's reports. The names of accounts are asked of a stand-in for the notifier.");
        report.Note(
            "Console, first paint: by HTTP, GET / of somebody signed in until the last byte, which has the first rows; scripts and styles, which a "
            + "browser keeps, are not in it, nor is a browser's drawing. The live page: until its connection has sent its rows.");
        report.Note(
            $"Console, screens: {ConsoleStorm.Streams} programs that follow /api/v1/live, in a storm all but one with a filter, and "
            + $"{ConsoleStorm.Pages} live pages of the board by the very protocol of a browser, each of which is sent 40 rows. In a storm 500 alerts "
            + "a second are raised and 500 are over; of what is raised, a page is sent what has room among its rows. The load and the screens are on "
            + "the same machine.");
    }
}

/// <summary>What is measured, and by what.</summary>
internal sealed record ConsoleUnderLoad(BenchmarkServers Servers, BenchmarkStation Station, MeasuredService Console, BatchPublisher Publisher,
    ConsoleSession Session, Report Report);
