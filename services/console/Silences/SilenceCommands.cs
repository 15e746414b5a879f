using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Audit;
using Sigma.OperatorConsole.Services;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Silences;

/// <summary>The silences: who sees everything sees them, and operators add and end them.</summary>
internal sealed class SilenceCommands(NotifierClient notifier, AuditLog audit)
{
    /// <summary>So many alerts can be silenced by one command.</summary>
    public const int MostAtOnce = 100;

    /// <summary>Those that last or are to begin, or the newest of all; and the maintenance windows.</summary>
    public Task<SilenceList> All(bool alsoEnded, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return notifier.Silences(alsoEnded, ct);
    }

    /// <summary>The raised alerts that these matchers fit.</summary>
    public Task<IReadOnlyList<SilencedAlert>> Preview(IReadOnlyList<string> matchers, Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return notifier.PreviewSilence(matchers, ct);
    }

    /// <summary>Adds one; one whose id is there already is the same.</summary>
    public async Task<Guid> Add(SilenceOrder order, Caller caller, CancellationToken ct)
    {
        DemandMay(caller);
        NewSilence silence = new()
        {
            SilenceId = order.SilenceId ?? Guid.CreateVersion7(), Matchers = order.Matchers, From = order.From, Until = order.Until, By = caller.Name,
            Why = order.Why,
        };
        var id = await notifier.AddSilence(silence, ct);
        await audit.Write(caller, "silence.add", id.ToString(), null, new { silence.Matchers, silence.From, silence.Until, silence.Why }, ct);
        return id;
    }

    /// <summary>
    /// Silences each of several alerts, and nothing beside them: a silence of all of them at once would hold what nobody has chosen. The same command
    /// sent again makes no second silences.
    /// </summary>
    public async Task AddFor(IReadOnlyList<AlertView> alerts, DateTimeOffset until, string why, Guid command, Caller caller, CancellationToken ct)
    {
        DemandMay(caller);
        foreach (var alert in alerts.Take(MostAtOnce))
            await Add(new SilenceOrder(SilenceMatchers.Of(alert), until, why, SilenceId: Ids.From("silence", $"{command:N}", $"{alert.AlertId:N}")),
                caller, ct);
    }

    /// <summary>Ends one that lasts or is to begin.</summary>
    public async Task End(Guid id, Caller caller, CancellationToken ct)
    {
        DemandMay(caller);
        var before = (await notifier.Silences(false, ct)).Silences.FirstOrDefault(silence => silence.Id == id);
        await notifier.EndSilence(id, caller.Name, ct);
        await audit.Write(caller, "silence.end", id.ToString(), before,
            before is null ? null : before with { State = "ended", EndedBy = caller.Name }, ct);
    }

    // A silence holds back by its matchers whatever will be raised: nobody can say that all of it will be within somebody's limits.
    static void DemandMay(Caller caller)
    {
        caller.Demand(Role.Operator);
        if (!caller.Limits.IsNone)
            throw new ForbiddenException("Who sees a part only may not silence: a silence could hold back alerts that they do not see.");
    }
}

/// <summary>A silence that is wanted.</summary>
/// <param name="Matchers">Which alerts: all of these must fit, as <c>account=7</c>.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Why">Why.</param>
/// <param name="From">When it begins; null for now.</param>
/// <param name="SilenceId">Its identity, made up by who adds it: one that is sent again is the same; null for a new one.</param>
public sealed record SilenceOrder(IReadOnlyList<string> Matchers, DateTimeOffset Until, string Why, DateTimeOffset? From = null,
    Guid? SilenceId = null);
