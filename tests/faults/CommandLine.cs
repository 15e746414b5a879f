using System.Globalization;

namespace Sigma.Faults;

internal sealed record CommandLine
{
    const string Help =
        """
        Usage: ./faults [--minutes N] [--seed N] [--json FILE]

        Runs two of each service against a real broker, a real database and the simulator, breaks everything it can, lets it settle, and compares
        what became of the events, alerts and deliveries with a plain recount. Ends with 0 when nothing was lost or said twice, else with 1.

          --minutes N  how long, from the first event to the last; default 2 (then about a minute to settle)
          --seed N     events and faults are drawn from it; default 1
          --json FILE  the result also as JSON
        """;

    public TimeSpan Length { get; private init; } = TimeSpan.FromMinutes(2);
    public int Seed { get; private init; } = 1;
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
                case "--minutes" when double.TryParse(next, CultureInfo.InvariantCulture, out var minutes) && minutes is >= 2 and <= 24 * 60:
                    wanted = wanted with { Length = TimeSpan.FromMinutes(minutes) };
                    i++;
                    break;
                case "--seed" when int.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                    wanted = wanted with { Seed = seed };
                    i++;
                    break;
                case "--json" when next.Length > 0:
                    wanted = wanted with { JsonFile = next };
                    i++;
                    break;
                case "--help" or "-h":
                    Console.WriteLine(Help);
                    return null;
                default:
                    Console.Error.WriteLine($"'{args[i]}' is not understood. (--minutes takes at least 2.)");
                    Console.Error.WriteLine(Help);
                    return null;
            }
        }
        return wanted;
    }

    /// <summary>The exit code when there is nothing to run.</summary>
    public static int ExitCode(string[] args) => args.Any(a => a is "--help" or "-h") ? 0 : 2;
}
