namespace Sigma.Simulator.PagerDuty;

/// <summary>An alert that is open.</summary>
/// <param name="RoutingKey">The service it belongs to.</param>
/// <param name="DedupKey">What further events name it by.</param>
/// <param name="Number">Which alert of the whole account it is; a trigger after a resolve opens another.</param>
/// <param name="Summary">The summary of the last trigger.</param>
/// <param name="Severity">The severity of the last trigger.</param>
/// <param name="IsAcknowledged">Whether it was acknowledged.</param>
/// <param name="Triggers">How many triggers it took.</param>
/// <param name="OpenedAt">When, by the simulator's clock.</param>
public sealed record PagerDutyAlert(
    string RoutingKey, string DedupKey, int Number, string Summary, string Severity, bool IsAcknowledged, int Triggers, DateTimeOffset OpenedAt);
