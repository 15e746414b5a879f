using System.Globalization;

namespace Sigma.Benchmarks;

internal sealed record CommandLine
{
    const string Help =
        """
        Usage: dotnet run -c Release --project benchmarks [-- [first-poll] [next-poll] [sustained] [news] [backtest] [overload] [lines] [samples]
                 [console] [webhooks] [remote-write] [beats] [--lines N] [--seconds N] [--polls N] [--rate N] [--alerts N] [--json FILE]]

          first-poll   20,000 events of 3,000 keys waiting at the first poll
          next-poll    polls with 200 new events, at 20,000 and at 1,000,000 events in the window (begins with a first poll)
          sustained    batches of 1,000 events, published as fast as they are taken
          news         beats of 100,000 agents and samples of 100,000 series, as fast as they are taken; a sweep over a million keys
          backtest     a rule over the 3,360,000 events of 14 days
          (none of them: these five)
          overload     ten times what a busy station brings, for a while: the queue grows, memory does not, and all is caught up with
          lines        log lines through the broker into the archive, as fast as they are taken; questions to an archive of 10,000,000 lines
          samples      samples of 10,000 series through the broker into the archive, as fast as they are taken
          console      100,000 alerts on the console, 50 screens that look, a storm; Alertmanager beside it where it is installed
          webhooks     alerts by Alertmanager's API, 100 a call, with 10,000, 30,000 and 100,000 active; Alertmanager beside it where it is installed
          remote-write samples that a Prometheus writes to the gateway, until they are with the broker
          beats        10,000 agents that beat by calls to the gateway: how soon it is told that some are missing; then as many beats as can be

          --seconds N  how long the load lasts at least; default 60 (sustained, news, lines, samples, each storm of the console), 300 (overload)
          --rate N     events a second of a busy station; default 2,000, so the overload offers 20,000
          --lines N    lines of the archive that is searched; default 10,000,000
          --alerts N   alerts on the console, default 100,000; active ones of the webhooks, default 10,000, 30,000 and 100,000
          --polls N    polls measured at each size of the window; default 9
          --json FILE  the figures also as JSON

        Servers as for the tests: SIGMA_TEST_RABBITMQ and SIGMA_TEST_MYSQL, else installed programs, else Docker (see ./test --help).
        Ends with 0 when every target is met, else with 1. Logs of the services: the folder named at the start.
        """;

    public bool FirstPoll { get; private init; }
    public bool NextPoll { get; private init; }
    public bool Sustained { get; private init; }
    public bool News { get; private init; }
    public bool Backtest { get; private init; }
    public bool Overload { get; private init; }
    public bool LogLines { get; private init; }
    public bool Samples { get; private init; }
    public bool OfEvaluator => FirstPoll || NextPoll || Sustained || News || Backtest || Overload || OfConsole || Beats;
    public bool OfArchive => LogLines || Samples;
    public int Lines { get; private init; } = 10_000_000;
    public bool OfConsole { get; private init; }
    public bool Webhooks { get; private init; }
    public bool RemoteWrite { get; private init; }
    public bool Beats { get; private init; }
    public bool OfGateway => Webhooks || RemoteWrite || Beats;
    public int? Seconds { get; private init; }
    public int Alerts => ActiveAlerts ?? 100_000;
    public int? ActiveAlerts { get; private init; }
    public int Rate { get; private init; } = 2_000;
    public int MeasuredPolls { get; private init; } = 9;
    public string? JsonFile { get; private init; }

    /// <summary>Null after a word of help or of complaint.</summary>
    public static CommandLine? Parse(string[] args)
    {
        var wanted = new CommandLine();
        for (var i = 0; i < args.Length; i++)
        {
            var next = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "first-poll": wanted = wanted with { FirstPoll = true }; break;
                case "next-poll": wanted = wanted with { NextPoll = true }; break;
                case "sustained": wanted = wanted with { Sustained = true }; break;
                case "news": wanted = wanted with { News = true }; break;
                case "backtest": wanted = wanted with { Backtest = true }; break;
                case "overload": wanted = wanted with { Overload = true }; break;
                case "lines": wanted = wanted with { LogLines = true }; break;
                case "samples": wanted = wanted with { Samples = true }; break;
                case "console": wanted = wanted with { OfConsole = true }; break;
                case "webhooks": wanted = wanted with { Webhooks = true }; break;
                case "beats": wanted = wanted with { Beats = true }; break;
                case "remote-write": wanted = wanted with { RemoteWrite = true }; break;
                case "--lines" when Number(next) is { } lines: wanted = wanted with { Lines = lines }; i++; break;
                case "--alerts" when Number(next) is { } alerts: wanted = wanted with { ActiveAlerts = alerts }; i++; break;
                case "--rate" when Number(next) is { } rate: wanted = wanted with { Rate = rate }; i++; break;
                case "--seconds" when Number(next) is { } seconds: wanted = wanted with { Seconds = seconds }; i++; break;
                case "--polls" when Number(next) is { } polls: wanted = wanted with { MeasuredPolls = polls }; i++; break;
                case "--json" when next.Length > 0: wanted = wanted with { JsonFile = next }; i++; break;
                case "--help" or "-h": Console.WriteLine(Help); return null;
                default:
                    Console.Error.WriteLine($"'{args[i]}' is not understood.");
                    Console.Error.WriteLine(Help);
                    return null;
            }
        }
        return wanted.FirstPoll || wanted.NextPoll || wanted.Sustained || wanted.News || wanted.Backtest
            || wanted.Overload || wanted.OfConsole || wanted.OfGateway || wanted.OfArchive
            ? wanted : wanted with { FirstPoll = true, NextPoll = true, Sustained = true, News = true, Backtest = true };
    }

    /// <summary>The exit code when there is nothing to run.</summary>
    public static int ExitCode(string[] args) => args.Any(a => a is "--help" or "-h") ? 0 : 2;

    static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
