using System.CommandLine;
using System.Text.RegularExpressions;
using Sigma.Cli.Explain;
using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Silences;

/// <summary><c>sigma silences add</c></summary>
internal static partial class AddSilence
{
    static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static Command Create(TimeProvider time)
    {
        var (matchers, who) = (SilencesCommand.Matchers(), SilencesCommand.By());
        var length = Text("--for", "How long: 30m, 2h, 1d", "length");
        var until = Text("--until", "Until when, instead of --for: 18:00, '30/11 18:00' or '2026-11-30 18:00' in Notifier__TimeZone, or "
            + "2026-11-30T21:00:00Z", "time");
        var from = Text("--from", "From when, in the same way [default: now]", "time");
        var why = new Option<string>("--why")
            { Description = "Why; whoever looks at an alert that is held reads it", HelpName = "text", Required = true };
        var add = new Command("add",
            """
            Silences the alerts that fit. One that is not told yet is held; when the silence ends and the alert lasts, it is told, and if it is over,
            nothing is said. Who was told of an alert before is told of its end.
            """)
        {
            matchers, length, until, from, why, who,
        };
        add.SetAction(async (typed, ct) =>
        {
            var screen = new Screen(typed);
            var zone = Tracker.Zone(typed);
            var now = time.GetUtcNow();
            var begins = typed.GetValue(from) is { } said ? Time(said, zone, now) : now;
            NewSilence silence = new(SilencesCommand.Checked(typed.GetValue(matchers)!), begins,
                End(typed.GetValue(length), typed.GetValue(until), begins, zone, now), Short("--by", typed.GetValue(who)!, SilenceCommands.LongestBy),
                Short("--why", typed.GetValue(why)!, SilenceCommands.LongestWhy));
            if (silence.Until <= now || silence.Until <= silence.From || silence.Until - silence.From > Longest)
                throw new UsageException($"It would last from {SilencesCommand.Time(silence.From)} to {SilencesCommand.Time(silence.Until)}: "
                    + $"it must end in the future, after it begins, and within {Longest.TotalDays:0} days of that.");
            var (id, by) = await (await Tracker.Silences(typed, time, ct)).Add(silence, ct);
            screen.Line(
                new { silenceId = id, matchers = silence.Matchers, from = silence.From, until = silence.Until, by, why = silence.Why },
                $"{id}: {string.Join(", ", silence.Matchers.Select(Screen.OneLine))} is silent until {SilencesCommand.Time(silence.Until)}. "
                    + "Notifiers know it within 2 s.");
            return ExitCode.Ok;
        });
        return add;
    }

    static DateTimeOffset End(string? length, string? until, DateTimeOffset begins, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (length is null == until is null)
            throw new UsageException("Say how long: either --for or --until.");
        if (until is not null)
            return Time(until, zone, now);
        return begins + Duration.Read("--for", length!);
    }

    // Of a clock without a day, the next time it shows that.
    static DateTimeOffset Time(string typed, TimeZoneInfo zone, DateTimeOffset now)
    {
        var time = LocalTimes.Read(typed, zone, now, mayCome: true).ToTime();
        return time < now && ClockAlone().IsMatch(typed) ? time.AddDays(1) : time;
    }

    static string Short(string option, string text, int longest) => text.Length is > 0 && text.Length <= longest ? text
        : throw new UsageException($"{option} takes 1 to {longest} characters.");

    static Option<string?> Text(string name, string description, string what) => new(name) { Description = description, HelpName = what };

    [GeneratedRegex(@"^\s*\d\d:\d\d(:\d\d)?\s*$")]
    private static partial Regex ClockAlone();
}
