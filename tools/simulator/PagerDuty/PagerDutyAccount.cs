using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.PagerDuty;

/// <summary>A PagerDuty account: what is open, by routing key and dedup_key.</summary>
public sealed class PagerDutyAccount : IVendor
{
    internal const string UnknownKey = "unknown";

    private readonly Lock _lock = new();
    private readonly Dictionary<(string RoutingKey, string DedupKey), PagerDutyAlert> _open = [];
    private readonly TimeProvider _clock;
    private int _last;
    private int _dropped;

    internal PagerDutyAccount(Inbox inbox, TimeProvider clock)
    {
        Inbox = inbox;
        _clock = clock;
        Rate = new CallRate(clock, TimeSpan.FromMinutes(1));
    }

    /// <summary>What was enqueued, by routing key, the events that were dropped too. A message's key is made of action and dedup_key.</summary>
    public Inbox Inbox { get; }

    /// <summary>Routing keys that do not exist: <c>unknown</c>.</summary>
    public Refusals Refusals { get; } = new(UnknownKey);

    /// <summary>The alerts that are open, oldest first.</summary>
    public IReadOnlyList<PagerDutyAlert> Open
    {
        get
        {
            lock (_lock)
            {
                return [.. _open.Values.OrderBy(alert => alert.Number)];
            }
        }
    }

    /// <summary>How many acknowledges and resolves named no open alert, and were dropped in silence.</summary>
    public int Dropped => Volatile.Read(ref _dropped);

    internal CallRate Rate { get; }

    object IVendor.State => new
    {
        dropped = Dropped,
        open = Open.Select(alert => new
        {
            alert.RoutingKey, alert.DedupKey, alert.Summary, alert.Severity, alert.IsAcknowledged, alert.Triggers, alert.OpenedAt,
        }),
    };

    void IVendor.Clear()
    {
        Inbox.Clear();
        Refusals.Clear();
        Rate.Clear();
        lock (_lock)
        {
            _open.Clear();
            _dropped = 0;
        }
    }

    /// <returns>What tells the event from others: the same action on the same alert is a duplicate.</returns>
    internal string Process(PagerDutyEvent posted)
    {
        var name = (posted.RoutingKey, posted.DedupKey);
        lock (_lock)
        {
            var alert = _open.GetValueOrDefault(name);
            switch (posted.Action)
            {
                case "trigger":
                    alert = _open[name] = alert is null
                        ? new(posted.RoutingKey, posted.DedupKey, ++_last, posted.Summary, posted.Severity, false, 1, _clock.GetUtcNow())
                        : alert with { Summary = posted.Summary, Severity = posted.Severity, Triggers = alert.Triggers + 1 };
                    break;
                case var _ when alert is null:
                    _dropped++;
                    break;
                case "acknowledge":
                    _open[name] = alert with { IsAcknowledged = true };
                    break;
                default:
                    _open.Remove(name);
                    break;
            }

            return $"{posted.Action} {posted.DedupKey} {(alert is null ? "dropped" : $"#{alert.Number}")}";
        }
    }
}
