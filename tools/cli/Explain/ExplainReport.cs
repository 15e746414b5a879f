using Sigma.Notifier.Queries;
using Sigma.Storage;

namespace Sigma.Cli.Explain;

/// <summary>Writes what was found as text or JSON.</summary>
internal static class ExplainReport
{
    /// <summary>Returns the exit code.</summary>
    public static int Write(Screen screen, LocalTimes local, ExplainQuery query, KnownAccount account, long? lastEventAt,
        IReadOnlyList<Explanation> found, IReadOnlyList<OtherAlert> ofOthers, MalformedItems malformed)
    {
        // Nothing at all: no event that is kept or was put aside, no alert now or before, no name.
        var isKnown = lastEventAt is not null || malformed.OfAccount || account.Names is not null || ofOthers.Count > 0
            || found.Any(about => about.Raised is not null || about.Episodes.Count > 0);
        var verdicts = found.Select(about => (About: about, Verdict: AlertVerdict.Of(about, local))).ToList();
        if (screen.Json)
        {
            Account(screen, query, account, lastEventAt, isKnown, local);
            foreach (var (about, alertVerdict) in verdicts)
                ExplanationJson.Write(screen, about, alertVerdict);
            foreach (var other in ofOthers)
                screen.Line(new
                {
                    kind = "verdict", rule = other.Alert.Rule, labels = other.Alert.Labels, state = AlertVerdict.InAlert, inAlert = true,
                    since = other.Alert.RaisedAt, says = OfOther(other, local),
                });
            malformed.Write(screen, local);
            return isKnown ? ExitCode.Ok : ExitCode.ProblemFound;
        }
        if (!isKnown)
        {
            Paragraph.Write(screen,
                0, $"Nothing is known of account {Screen.OneLine(account.Id)}: no event of it is kept, it has no alert, and no name of it is known. "
                + "Its id is the number in the label account; a code is known once the account had an alert.");
            foreach (var coverage in found.Take(1))
                ExplanationText.Coverage(screen, coverage, local);
            malformed.Write(screen, local);
            return ExitCode.ProblemFound;
        }
        foreach (var (about, alertVerdict) in verdicts)
            Paragraph.Write(screen, 2, $"{Screen.OneLine(about.Rule.Name)}: {alertVerdict.Sentence}", first: 0);
        foreach (var alert in ofOthers)
            Paragraph.Write(screen, 2, OfOther(alert, local), first: 0);
        screen.Line("");
        var alsoCodeOf = account.AlsoCodeOf.Count > 0
            ? $" {Screen.OneLine(account.Id)} is also the code of {string.Join(", ", account.AlsoCodeOf)}." : "";
        Paragraph.Write(screen, 2, $"{account.Text}.{alsoCodeOf}", first: 0);
        Paragraph.Write(screen, 2, $"As of {local.Whole(query.At)}{(query.IsNow ? ", now" : "")}; all times in {local.Zone}. "
            + (lastEventAt is { } last ? $"Last event of any kind: {local.Show(last)}." : "No event of it is kept."), first: 0);
        foreach (var (about, alertVerdict) in verdicts)
            ExplanationText.Write(screen, about, alertVerdict, local);
        malformed.Write(screen, local);
        return ExitCode.Ok;
    }

    static void Account(Screen screen, ExplainQuery query, KnownAccount account, long? lastEventAt, bool isKnown, LocalTimes local) => screen.Line(new
    {
        kind = "account", account = account.Id, source = query.Source, at = query.At.ToTime(), known = isKnown, lastEventAt = lastEventAt?.ToTime(),
        code = account.Names?.Code,
        tradeName = Name(account.Names?.TradeName), company = Name(account.Names?.Company), clientGroup = Name(account.Names?.ClientGroup),
        alsoCodeOf = account.AlsoCodeOf.Count > 0 ? account.AlsoCodeOf : null, timeZoneOfTexts = local.Zone,
    });

    static string? Name(string? name) => name == KnownNames.NoName ? null : name;

    static string OfOther(OtherAlert other, LocalTimes local) =>
        $"{Screen.OneLine(other.Alert.Rule)}: in alert since {local.Show(other.Alert.RaisedAt.ToUnixTimeMilliseconds())} "
            + $"({Screen.Labels(other.Alert.Labels)}) {other.Fate}.";
}
