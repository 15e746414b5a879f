namespace Sigma.Simulator.Teams;

/// <summary>Workflows that post to Microsoft Teams.</summary>
public sealed class TeamsOptions
{
    /// <summary>The <c>sig</c> of every workflow's address.</summary>
    public string Signature { get; set; } = "simulated-teams-signature";

    /// <summary>How many messages a workflow takes in a second. Default: 4.</summary>
    public int MessagesPerSecond { get; set; } = 4;

    /// <summary>A longer body is refused. Default: 28 KB.</summary>
    public int BodyLimit { get; set; } = 28 * 1024;

    /// <summary>The status of a message taken. [U] 202 is what workflows answer. Default: 202.</summary>
    public int SuccessStatus { get; set; } = 202;
}
