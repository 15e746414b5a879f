using Sigma.Hosting.Tls;

namespace Sigma.Gateway.Intake;

/// <summary>How addresses are called that senders name to have a subscription confirmed, and to check their signatures.</summary>
public sealed class ConfirmationOptions
{
    /// <summary>
    /// Whether subscriptions are confirmed without a person. Where not, the address is kept with the delivery, and a person opens it.
    /// </summary>
    public bool Automatic { get; set; } = true;

    /// <summary>
    /// Further hosts, with their port where it is not 443, comma separated, by kind: a realm of Oracle's of its own, or a test's. One that begins
    /// with a dot is the end of host names.
    /// </summary>
    public Dictionary<string, string> Hosts { get; set; } = [];

    /// <summary>Whether hosts at private addresses are called too. For tests.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>PEM file of authorities that may have signed the hosts' certificates, besides the system's.</summary>
    [AuthorityFile]
    public string CaFile { get; set; } = "";
}
