using Microsoft.Extensions.Options;
using Sigma.Notifier.Receivers;
using Sigma.Storage;
using Sigma.Storage.Revisions;

namespace Sigma.Notifier.Routing;

/// <summary>
/// The policy as it is, or was two seconds ago at most: whoever asks later looks in his own transaction whether people have changed it. What they
/// made and does not fit the settings any more is not in force, and the log says so.
/// </summary>
internal sealed class PolicyInForce(IOptions<NotifierOptions> settings, ReceiverSettings receivers, TimeProvider time, ILogger<PolicyInForce> log)
{
    /// <summary>The one name in the book: all that people made of it is changed as one.</summary>
    public const string Name = "policy";

    public static readonly RevisionLog Revisions = new("notifier", Name);

    static readonly TimeSpan OldAfter = TimeSpan.FromSeconds(2);

    volatile Reading _last = new(new(settings.Value, receivers), 0, DateTimeOffset.MinValue);

    public async Task<NotificationPolicy> Read(DbSession session, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var last = _last;
        if (now >= last.At && now - last.At < OldAfter)
            return last.Policy;
        var revision = await Revisions.Last(session, ct);
        var policy = revision == last.Revision ? last.Policy : await ReadMade(session, ct);
        _last = new(policy, revision, now);
        return policy;
    }

    async Task<NotificationPolicy> ReadMade(DbSession session, CancellationToken ct)
    {
        try
        {
            var made = await Made(session, ct) is { } text ? NotificationPolicy.Checked(PolicyText.Read(text), settings.Value, receivers) : null;
            return new(settings.Value, receivers, made);
        }
        catch (PolicyTextException e)
        {
            log.LogError("What people made of the policy does not fit these settings, which alone are in force: {Reason}", e.Message);
            return new(settings.Value, receivers);
        }
    }

    /// <summary>What people made, as text; null when nobody has.</summary>
    public static async Task<string?> Made(DbSession session, CancellationToken ct) =>
        (await Revisions.All(session, ct)).FirstOrDefault(made => made.Name == Name)?.Body;

    sealed record Reading(NotificationPolicy Policy, long Revision, DateTimeOffset At);
}
