using System.CommandLine;
using System.Globalization;
using Sigma.Notifier.Queries;

namespace Sigma.Cli.Silences;

/// <summary><c>sigma silences</c>: alerts that are not told for a while.</summary>
internal static class SilencesCommand
{
    /// <summary>Why one cannot be ended.</summary>
    public const string IsOver = "is over already, or there is none of this id";

    public static Command Create(TimeProvider time) =>
        new("silences", "Alerts that are not told for a while: add a silence, see which alerts it would be of, end one.")
        {
            AddSilence.Create(time), ListSilences.Create(time), EndSilence.Create(time), PreviewSilence.Create(time),
        };

    public static Argument<string[]> Matchers() => new("matcher")
    {
        Description = "Which alerts: conditions that must all fit, as account=300000, code=~E1.. or severity!=critical",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<string> By() => Person.By("does it; kept with the silence");

    /// <exception cref="UsageException">One cannot be read.</exception>
    public static IReadOnlyList<string> Checked(string[] matchers) => SilenceCommands.Fault(matchers) is { } fault
        ? throw new UsageException($"A matcher {Screen.OneLine(fault)}.") : matchers;

    /// <summary>A time with its zone.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
