namespace Sigma.OperatorConsole.Drills;

/// <summary>How far a drill has come, hop by hop.</summary>
/// <param name="Drill">As it was asked for.</param>
/// <param name="Hops">In their order.</param>
/// <param name="Verdict"><c>passed</c> or <c>failed</c>; null while it is under way.</param>
public sealed record DrillProgress(OrderedDrill Drill, IReadOnlyList<DrillHop> Hops, string? Verdict)
{
    const string Raised = "raised", Cleared = "cleared";

    /// <summary>By what the services have of it.</summary>
    internal static DrillProgress Of(OrderedDrill drill, EvaluatedDrill? evaluated, ToldDrill? told, DateTimeOffset now)
    {
        var raises = Told(told, Raised, "told");
        var ends = Told(told, Cleared, "end-told");
        List<DrillHop> hops =
        [
            Hop("taken", drill.TakenAt is not null),
            Hop("published", drill.PublishedAt is not null, drill.Reason),
            Hop("stored", evaluated?.Stored >= Contracts.Drill.Events || told is not null),
            Hop(Raised, evaluated?.IsRaised == true || evaluated?.IsCleared == true || told is not null),
            Hop("registered", told is { IsRaised: true }),
            .. raises,
            Hop(Cleared, evaluated?.IsCleared == true || told is { IsCleared: true }),
            Hop("end-registered", told is { IsCleared: true }),
            .. ends,
        ];
        var isWaiting = hops.Exists(hop => hop.State == DrillHop.Waits);
        var isOver = now - drill.AskedAt > Contracts.Drill.Life || drill.EndedAt is not null;
        var passed = !isWaiting && raises.Exists(hop => hop.State == DrillHop.Came) && !hops.Exists(hop => hop.State == DrillHop.Failed);
        return new(drill, hops, passed ? "passed" : isWaiting && !isOver ? null : "failed");
    }

    static DrillHop Hop(string name, bool came, string? reason = null) => new(name, null, came ? DrillHop.Came : DrillHop.Waits,
        came ? null : reason);

    static List<DrillHop> Told(ToldDrill? told, string kind, string name) =>
    [
        .. (told?.Deliveries ?? []).Where(delivery => delivery.Kind == kind).Select(delivery => new DrillHop(name, delivery.Channel,
            delivery.State switch
            {
                "sent" or "merged" => DrillHop.Came,
                "skipped" => DrillHop.Skipped,
                "failed" or "uncertain" => DrillHop.Failed,
                _ => DrillHop.Waits,
            }, delivery.Receipt ?? delivery.Reason)),
    ];
}

/// <summary>A hop of a drill's way.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Channel">The integration it is about, if it is about one.</param>
/// <param name="State"><c>came</c>, <c>waits</c>, <c>skipped</c> or <c>failed</c>.</param>
/// <param name="Detail">The receipt, or why not.</param>
public sealed record DrillHop(string Name, string? Channel, string State, string? Detail)
{
    internal const string Came = "came", Waits = "waits", Skipped = "skipped", Failed = "failed";
}
