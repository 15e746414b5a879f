namespace Sigma.Simulator;

internal static class CommandLine
{
    public const string Help =
        """
        Usage: simulator [--urls http://127.0.0.1:5080] [--scenario none|steady|burst|storm|excused|late|demo | --scenario-file FILE]
                         [--seed N] [--rate EVENTS_PER_MINUTE] [--burst-size N] [--keys N] [--time-scale N]
                         [--token SEGWARE_TOKEN] [--chatpro-token TOKEN] [--event-limit N] [--occurrence-limit N]
                         [--fault "/v1/events status=503 count=3; */send_message hang for=00:05:00"]
        Any other setting: --Simulator:Segware:TimeField=receivedAt, or the environment: Simulator__Segware__TimeField=receivedAt
        It plays Segware, ChatPro, Slack, Teams, Telegram, Twilio, PagerDuty, Prefect and a receiver of Standard Webhooks, all at one address, and
        a mail server at a port of its own.
        Kinds of fault: status=N, retry-after=SECONDS, delay=SECONDS, hang, done-then-hang, cut=BYTES, redirect=URL, not-json, over-limit;
        and to which calls: method=M, count=N, skip=N, probability=P, starts-after=T, for=T.
        A person reads / and /_sim/vendors. Paths, tokens and orders of each vendor: docs/simulator.md
        """;

    public static readonly Dictionary<string, string> Switches = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--scenario"] = Key(nameof(SimulatorOptions.Scenario)),
        ["--scenario-file"] = Key(nameof(SimulatorOptions.ScenarioFile)),
        ["--seed"] = Key(nameof(SimulatorOptions.Seed)),
        ["--rate"] = Key(nameof(SimulatorOptions.Rate)),
        ["--burst-size"] = Key(nameof(SimulatorOptions.BurstSize)),
        ["--keys"] = Key(nameof(SimulatorOptions.Keys)),
        ["--time-scale"] = Key(nameof(SimulatorOptions.TimeScale)),
        ["--token"] = Key(nameof(SimulatorOptions.Token)),
        ["--chatpro-token"] = Key(nameof(SimulatorOptions.ChatProToken)),
        ["--event-limit"] = Key(nameof(SimulatorOptions.EventLimit)),
        ["--occurrence-limit"] = Key(nameof(SimulatorOptions.OccurrenceLimit)),
        ["--fault"] = Key(nameof(SimulatorOptions.Fault)),
    };

    /// <summary>A mistyped switch would otherwise be ignored in silence.</summary>
    public static string? Complaint(string[] args) =>
        args.Where(arg => arg.StartsWith("--", StringComparison.Ordinal))
            .Select(arg => arg.Split('=')[0])
            .Where(name => !Switches.ContainsKey(name) && !name.Contains(':') && name is not ("--urls" or "--environment"))
            .Select(name => $"Unknown switch {name}.")
            .FirstOrDefault();

    private static string Key(string property) => $"{SimulatorOptions.Section}:{property}";
}
