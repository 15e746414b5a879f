using Sigma.Cli.Alerts;
using Sigma.Cli.Consoles;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Services;
using Sigma.Storage;

namespace Sigma.Cli.Explain;

/// <summary>
/// <c>sigma explain</c> of a console: which keys of an account rules count, the fullest of each rule piece by piece, and who was told of its alert.
/// Records that were put aside are not a console's to tell.
/// </summary>
internal sealed class ConsoleExplain(ConsoleApi console, Screen screen)
{
    const int MostKeys = 20;

    /// <summary>Returns the exit code.</summary>
    public async Task<int> Run(ConsoleQuestion question, LocalTimes local, CancellationToken ct)
    {
        var keys = await Keys(question, ct);
        var account = question.Account;
        if (keys is { LastEventAt: null, Keys: var none } && !none.Any(IsKnown) && await ByCode(question.Account, ct) is { } id)
        {
            account = id;
            keys = await Keys(question with { Account = id }, ct);
        }
        screen.Line(new { kind = "account", account, at = keys.At, rules = keys.Rules, lastEventAt = keys.LastEventAt },
            $"Account {Screen.OneLine(account)} as of {local.Whole(keys.At.ToUnixTimeMilliseconds())}, all times in {local.Zone}. "
            + (keys.LastEventAt is { } last ? $"Last event of any kind: {local.Show(last.ToUnixTimeMilliseconds())}." : "No event of it is kept."));
        foreach (var rule in keys.Rules)
            await OfRule(rule, [.. keys.Keys.Where(key => key.Rule == rule)], question, local, ct);
        if (!screen.Json)
            screen.Line("\nWhat was put aside, and events that no rule looks at, a console does not tell: 'sigma explain' beside the database does.");
        return keys.LastEventAt is not null || keys.Keys.Any(IsKnown) ? ExitCode.Ok : ExitCode.ProblemFound;
    }

    static bool IsKnown(CountedKey key) => key.Count > 0 || key.AlertId is not null;

    async Task<KeysOfAccount> Keys(ConsoleQuestion question, CancellationToken ct)
    {
        try
        {
            return await console.Get<KeysOfAccount>(ConsoleApi.Path("explain/keys",
                [("rule", question.Rule), ("source", question.Source), .. question.Labels, ("at", Time(question.At))]), ct);
        }
        catch (ConsoleException e) when (e.Status == System.Net.HttpStatusCode.NotFound && question.Rule is not null)
        {
            throw new UsageException(e.Message);
        }
    }

    // People say the code that is in the messages; the label has the id.
    async Task<string?> ByCode(string code, CancellationToken ct)
    {
        var page = await console.Get<Page<AlertView>>(ConsoleApi.Path("history", ("account_code", code), ("from", "2020-01-01"), ("limit", 1)), ct);
        return page.Items is [{ } alert, ..] && alert.AccountCode == code ? alert.Labels.GetValueOrDefault("account") : null;
    }

    async Task OfRule(string rule, IReadOnlyList<CountedKey> keys, ConsoleQuestion question, LocalTimes local, CancellationToken ct)
    {
        if (!screen.Json)
            screen.Line($"\n{Screen.OneLine(rule)}");
        if (keys.Count == 0)
        {
            screen.Line(new { kind = "verdict", rule, inAlert = false, count = 0 }, "  counts nothing of it in its window");
            return;
        }
        foreach (var key in keys.Take(screen.Json ? int.MaxValue : MostKeys))
            screen.Line(new
            {
                kind = "key", rule, labels = key.Labels, count = key.Count, threshold = key.Threshold, clearBelow = key.ClearBelow,
                inAlert = key.AlertId is not null, alertId = key.AlertId, since = key.RaisedAt,
            }, $"  {Screen.Labels(key.Labels)}: {Screen.Number(key.Count)} of {Screen.Number(key.Threshold)}"
                + (key.RaisedAt is { } since ? $", in alert since {local.Show(since.ToUnixTimeMilliseconds())}" : ", not in alert"));
        if (keys.Count > MostKeys && !screen.Json)
            screen.Line($"  and {Screen.Number(keys.Count - MostKeys)} with fewer");
        var first = keys[0];
        Show(await console.Get<ExplainedKey>(ConsoleApi.Path("explain",
            [("rule", rule), .. first.Labels.Select(label => ("label", (object?)$"{label.Key}={label.Value}")), ("at", Time(question.At))]), ct),
            local);
        if (first.AlertId is { } alert && await console.Find<OperatorConsole.Services.AlertTelling>($"alerts/{alert}/telling", ct) is { } told)
            Show(ConsoleTelling.Of(told, console), alert, local);
    }

    void Show(ExplainedKey key, LocalTimes local)
    {
        if (screen.Json)
        {
            screen.Line(new
            {
                kind = "window", rule = key.Rule, labels = key.Labels, from = key.From, to = key.To, count = key.Count, before = key.Before,
                reachedAt = key.ReachedAt, reachedBy = key.ReachedBy, raiseAt = key.RaiseAt, judgedThrough = key.JudgedThrough,
                leftToClear = key.LeftToClear, clearableAt = key.ClearableAt, isWholeWindowKept = key.IsWholeWindowKept, isOwn = key.IsOwn,
                passedOverBy = key.PassedOverBy, @override = key.Override, excused = key.Excused, pieces = key.Pieces, covered = key.Covered,
            });
            return;
        }
        foreach (var sentence in Sentences(key, local))
            Paragraph.Write(screen, 4, sentence, first: 2);
        foreach (var piece in key.Pieces.Where(piece => piece.Events > 0))
            screen.Line($"    until {local.Show(Stored(piece.To)),14}  {Screen.Number(piece.Events),7} new"
                + (piece.InWindow is { } whole ? $", {Screen.Number(whole)} in the window that ends there" : ""));
    }

    static IEnumerable<string> Sentences(ExplainedKey key, LocalTimes local)
    {
        yield return $"{Screen.Number(key.Count)} counted from {local.Show(Stored(key.From), Stored(key.To))}; it is raised at "
            + $"{Screen.Number(key.Threshold)} and cleared below {Screen.Number(key.ClearBelow)}"
            + (key.Override is { } number ? $", by Overrides__{number}" : "");
        if (key.ReachedAt is { } reached)
            yield return $"The threshold was last reached at {local.Show(Stored(reached))} with {Screen.Number(key.ReachedBy ?? 0)}.";
        if (key.RaiseAt is { } raise)
            yield return $"It waits: the rule raises it at {local.Show(Stored(raise))}, if it is so still.";
        if (key.LeftToClear is { } left)
            yield return $"It stays raised until fewer than {Screen.Number(key.ClearBelow)} are left of the {Screen.Number(left)} that count"
                + (key.ClearableAt is { } clearable ? $": if no more come, at {local.Show(Stored(clearable))}" : "") + ".";
        if (key.IsOwn)
            yield return "Left out: these events are those that the tracker puts into the source itself.";
        if (key.PassedOverBy is { } label)
            yield return $"Left out: the rule does not count this value of {Screen.OneLine(label)}.";
        if (key.Excused is { } excused)
            yield return $"Left out: {Screen.Number(excused.Events)} events of {Screen.Number(excused.Occurrences)} occurrences that the system user "
                + $"closed, {local.Show(Stored(excused.FirstAt), Stored(excused.LastAt))}.";
        if (!key.IsWholeWindowKept)
            yield return "Some events of the window may be deleted already.";
        foreach (var (from, to) in Gaps(key))
            yield return $"Not covered: {local.Show(Stored(from), Stored(to))}. Of that time no event does not mean that there was none.";
    }

    static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Gaps(ExplainedKey key)
    {
        var at = key.From;
        foreach (var stretch in key.Covered.OrderBy(stretch => stretch.From))
        {
            if (stretch.From > at)
                yield return (at, stretch.From < key.To ? stretch.From : key.To);
            at = stretch.To > at ? stretch.To : at;
        }
        if (at < key.To)
            yield return (at, key.To);
    }

    void Show(TellingOfAlert told, Guid alert, LocalTimes local)
    {
        foreach (var decision in told.Decisions)
            if (screen.Json)
                screen.Line(new { kind = "decision", rule = told.Rule, alertId = alert, decision = decision.Kind, channel = decision.Channel,
                    at = decision.DecidedAt.ToTime(), reason = decision.Reason });
            else
                Paragraph.Write(screen, 4, DecisionText.Of(decision, local), first: 2);
        foreach (var delivery in told.Deliveries)
            if (screen.Json)
                screen.Line(new { kind = "delivery", rule = told.Rule, alertId = alert, says = delivery.Kind, channel = delivery.Channel,
                    state = delivery.State.Stored(), attempts = delivery.Attempts, createdAt = delivery.CreatedAt.ToTime(),
                    settledAt = delivery.SettledAt?.ToTime(), reason = delivery.Reason });
            else
                Paragraph.Write(screen, 4, DeliveryText.Of(delivery, local), first: 2);
        foreach (var run in told.Runs)
            if (screen.Json)
                screen.Line(RunText.Json(run));
            else
                Paragraph.Write(screen, 4, RunText.Of(run, local), first: 2);
    }

    static long Stored(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    static string? Time(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What a console is asked about.</summary>
/// <param name="Account">The account, by its label or its code.</param>
/// <param name="Cuc">Only this one, or any.</param>
/// <param name="Code">Only this one, or any.</param>
/// <param name="Rule">Only this rule, or all.</param>
/// <param name="Source">Only rules of this source, or of all.</param>
/// <param name="At">As it was then; null for now.</param>
internal sealed record ConsoleQuestion(string Account, string? Cuc, string? Code, string? Rule, string? Source, DateTimeOffset? At)
{
    /// <summary>The labels that are certain, as an address says them.</summary>
    public IEnumerable<(string Name, object? Value)> Labels =>
    [
        ("label", $"account={Account}"), ("label", Cuc is null ? null : $"cuc={Cuc}"), ("label", Code is null ? null : $"code={Code}"),
    ];
}
