namespace Sigma.Simulator.PagerDuty;

/// <summary>PagerDuty's Events API v2.</summary>
public sealed class PagerDutyOptions
{
    /// <summary>The routing keys there are, separated by spaces; empty for any of 32 characters. Default: empty.</summary>
    public string RoutingKeys { get; set; } = "";

    /// <summary>How many events a routing key takes in any minute. Default: 120.</summary>
    public int EventsPerMinute { get; set; } = 120;
}
