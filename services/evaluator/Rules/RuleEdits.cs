using Sigma.Storage;
using Sigma.Storage.Revisions;

namespace Sigma.Evaluator.Rules;

/// <summary>
/// What people change in the rule book. All of a change or nothing of it: what is refused leaves everything as it was. Evaluators judge by it at
/// once, and have brought what is stored in line some seconds later.
/// </summary>
/// <param name="database">Where the book is.</param>
/// <param name="settings">The evaluators' own: their rules are nobody's to change.</param>
/// <param name="time">The clock of the services.</param>
public sealed class RuleEdits(Database database, EvaluatorOptions settings, TimeProvider time)
{
    const int LongestBy = 100, LongestWhy = 1000;

    /// <summary>What must still be so, else nothing is changed; null when that does not matter.</summary>
    public ExpectedRevision? Expected { get; init; }

    /// <summary>Makes rules, or changes those that have their names.</summary>
    /// <exception cref="RuleTextException">They are refused; each fault says why.</exception>
    public Task<IReadOnlyList<RuleEdit>> Put(IReadOnlyList<RuleOptions> rules, string by, string? why, CancellationToken ct) =>
        Change(by, why, (_, _) => Task.FromResult<IReadOnlyList<Step>>([.. rules.Select(rule => new Step(rule.Name, rule))]), ct);

    /// <summary>Takes a rule away; what it had raised is cleared.</summary>
    /// <exception cref="RuleTextException">There is none that people made.</exception>
    public Task<IReadOnlyList<RuleEdit>> Remove(string name, string by, string? why, CancellationToken ct) =>
        Change(by, why, (made, _) => Steps(Existing(made, name) is not null ? new Step(name, null) : throw Unknown(name)), ct);

    /// <summary>Has a rule judged live, in the shadow or not at all.</summary>
    /// <exception cref="RuleTextException">There is none that people made.</exception>
    public Task<IReadOnlyList<RuleEdit>> SetMode(string name, RuleMode mode, string by, string? why, CancellationToken ct) =>
        Change(by, why, (made, _) =>
        {
            var rule = RuleText.Read((Existing(made, name) ?? throw Unknown(name)).Body!);
            rule.Mode = mode;
            return Steps(new Step(name, rule));
        }, ct);

    /// <summary>Makes another rule that says the same, switched off until somebody has changed what must differ.</summary>
    /// <exception cref="RuleTextException">There is none of that name, or one of the new name already.</exception>
    public Task<IReadOnlyList<RuleEdit>> Clone(string name, string clone, string by, string? why, CancellationToken ct) =>
        Change(by, why, (made, rules) =>
        {
            if (rules.IsThere(clone) || Existing(made, clone) is not null)
                throw new RuleTextException([$"there is a rule {clone} already"], RuleRefusal.Taken);
            var rule = RuleText.Read(RuleText.Write((rules.Known.FirstOrDefault(rule => rule.Name == name) ?? throw Unknown(name)).Options));
            (rule.Name, rule.Mode) = (clone, RuleMode.Off);
            rule.FormerNames.Clear(); // whose alerts the first one carries on
            return Steps(new Step(clone, rule, $"cloned from {name}"));
        }, ct);

    /// <summary>Has a rule say again what it said once, also one that was removed since.</summary>
    /// <exception cref="RuleTextException">It has never had that revision, or did not say anything then.</exception>
    public Task<IReadOnlyList<RuleEdit>> RollBack(string name, long revision, string by, string? why, CancellationToken ct) =>
        Change(by, why, async (session, _, _) =>
        {
            if (await RuleBook.Revisions.Find(session, revision, ct) is not { } then || then.Name != name)
                throw new RuleTextException([$"the rule {name} has no revision {revision}"], RuleRefusal.Unknown);
            return [new Step(name, RuleText.Read(then.Body ?? throw new RuleTextException([$"the rule {name} was removed by revision {revision}"])),
                $"rolled back to {revision}")];
        }, ct);

    /// <summary>What is wrong with rules beside those there are; empty when nothing is.</summary>
    public static IReadOnlyList<string> Faults(RuleSet rules, IReadOnlyCollection<RuleOptions> changed)
    {
        List<string> faults = [.. changed.Where(rule => rules.IsProvisioned(rule.Name))
            .Select(rule => $"rule {rule.Name}: the settings have it, and can alone change it; clone it to have another")];
        var all = rules.Known.Select(rule => rule.Options).Where(rule => !changed.Any(other => other.Name == rule.Name)).Concat(changed).ToList();
        if (faults.Count == 0)
            faults.AddRange(RuleNames.Faults(all, "").Select(fault => $"the rule book {fault.ErrorMessage}"));
        return faults;
    }

    Task<IReadOnlyList<RuleEdit>> Change(string by, string? why, Func<IReadOnlyList<Revision>, RuleSet, Task<IReadOnlyList<Step>>> steps,
        CancellationToken ct) => Change(by, why, (_, made, rules) => steps(made, rules), ct);

    async Task<IReadOnlyList<RuleEdit>> Change(string by, string? why,
        Func<DbSession, IReadOnlyList<Revision>, RuleSet, Task<IReadOnlyList<Step>>> steps, CancellationToken ct)
    {
        if (by is not { Length: > 0 and <= LongestBy } || why is { Length: > LongestWhy })
            throw new RuleTextException([$"who changes it is said in 1 to {LongestBy} characters, and why in {LongestWhy:#,0} at most"]);
        await using var session = await database.Begin(ct);
        await RuleBook.Revisions.Lock(session, ct);
        var made = await RuleBook.Revisions.All(session, ct);
        var rules = RuleBook.Parse(settings, made, await RuleBook.Revisions.Last(session, ct));
        var changes = await steps(session, made, rules);
        ThrowIfOutdated(changes, made, rules);
        var faults = Faults(rules, [.. changes.Select(step => step.Rule).OfType<RuleOptions>()]);
        if (faults.Count > 0)
            throw new RuleTextException(faults, changes.Any(step => rules.IsProvisioned(step.Name)) ? RuleRefusal.Taken : RuleRefusal.Invalid);
        List<RuleEdit> edits = [];
        foreach (var step in changes)
            edits.Add(await Write(session, step, Existing(made, step.Name), by, why, ct));
        await session.Commit(ct);
        return edits;
    }

    // A change that comes again, because its answer got lost, finds that it is so already.
    void ThrowIfOutdated(IReadOnlyList<Step> changes, IReadOnlyList<Revision> made, RuleSet rules)
    {
        if (Expected is not { } expected || changes.All(step => IsSo(step, Existing(made, step.Name))))
            return;
        var last = expected.Rule is { } name ? Existing(made, name)?.Number ?? 0 : rules.Revision;
        if (last != expected.Revision)
            throw new RuleTextException([
                $"{(expected.Rule is { } rule ? $"the rule {rule}" : "the rule book")} is by revision {last} now, not {expected.Revision}: "
                    + "somebody has changed it meanwhile",
            ], RuleRefusal.Outdated);
    }

    static bool IsSo(Step step, Revision? before) => step.Rule is { } rule ? before?.Body == RuleText.Write(rule) : before is null;

    async Task<RuleEdit> Write(DbSession session, Step step, Revision? before, string by, string? why, CancellationToken ct)
    {
        if (before is not null && IsSo(step, before))
            return new RuleEdit(step.Name, before.Number, null);
        var body = step.Rule is null ? null : RuleText.Write(step.Rule);
        var change = step.Change ?? (body is null ? "removed" : before is null ? "made" : "changed");
        return new RuleEdit(step.Name, await RuleBook.Revisions.Write(session, step.Name, change, body, by, why, time.GetUtcNow(), ct), change,
            step.Rule is null);
    }

    static Task<IReadOnlyList<Step>> Steps(Step step) => Task.FromResult<IReadOnlyList<Step>>([step]);

    static Revision? Existing(IReadOnlyList<Revision> made, string name) => made.FirstOrDefault(rule => rule.Name == name);

    static RuleTextException Unknown(string name) => new([$"there is no rule {name} that people made"], RuleRefusal.Unknown);

    /// <summary>What a name is to say; nothing when it is to go.</summary>
    sealed record Step(string Name, RuleOptions? Rule, string? Change = null);
}

/// <summary>What became of a change.</summary>
/// <param name="Name">Name of the rule.</param>
/// <param name="Revision">The change of the book by which it is as it is.</param>
/// <param name="Change">What was changed, in a word or two; null when it was so already.</param>
/// <param name="IsRemoved">Whether the rule is gone by it.</param>
public sealed record RuleEdit(string Name, long Revision, string? Change, bool IsRemoved = false);

/// <summary>What must still be so when a change is made.</summary>
/// <param name="Rule">The rule; null for the whole book.</param>
/// <param name="Revision">The change by which it is so; 0 when it must not be there yet.</param>
public sealed record ExpectedRevision(string? Rule, long Revision);
