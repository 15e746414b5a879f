using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using Sigma.Hosting.Settings;
using Sigma.Hosting.Tls;

namespace Sigma.Gateway.Logs.Syslog;

/// <summary>
/// Where syslog is listened for. Its senders show no key: whose lines they are is known by the port, or by the network they come from.
/// </summary>
public sealed class SyslogOptions : IValidatableObject
{
    /// <summary>Ports of TCP: the port to the name of an integration of the kind <c>logs</c>.</summary>
    public Dictionary<string, string> Tcp { get; set; } = [];

    /// <summary>Ports of UDP.</summary>
    public Dictionary<string, string> Udp { get; set; } = [];

    /// <summary>Ports of TLS over TCP; <see cref="CertificateFile"/> and <see cref="KeyFile"/> are needed.</summary>
    public Dictionary<string, string> Tls { get; set; } = [];

    /// <summary>The local address that is listened at; empty: all there are.</summary>
    public string Address { get; set; } = "";

    /// <summary>Networks such as <c>10.1.0.0/16</c> whose lines belong to another integration than the port's; the smallest one counts.</summary>
    public List<SyslogNetwork> Networks { get; set; } = [];

    /// <summary>Networks that may send, comma separated; empty: all may.</summary>
    public string Allowed { get; set; } = "";

    /// <summary>PEM file with the certificate that TLS shows, and those between it and its authority. It is read again when it changes.</summary>
    [AuthorityFile]
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file with its key.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>PEM file with the authorities by whom senders' certificates must be signed; empty: they need none.</summary>
    [AuthorityFile]
    public string ClientAuthorityFile { get; set; } = "";

    /// <summary>Zone of times that say none, by its IANA name, such as <c>America/Sao_Paulo</c>.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Connections at the same time, of TCP and TLS together; further ones are closed at once.</summary>
    [Range(1, 10_000)]
    public int Connections { get; set; } = 500;

    /// <summary>Connections of one address.</summary>
    [Range(1, 10_000)]
    public int ConnectionsPerSender { get; set; } = 50;

    /// <summary>Bytes of a message; a longer one is cut.</summary>
    [Range(480, 1_048_576)]
    public int LongestMessage { get; set; } = 65_536;

    /// <summary>
    /// How long a connection may be silent before it is closed. Many senders lose what they send first after that, so it should be long.
    /// </summary>
    [Duration("00:00:05", "7.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long a message that has begun may take to arrive, and how long the beginning of TLS may take.</summary>
    [Duration("00:00:01", "00:10:00")]
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of datagrams that wait for the broker; further ones are dropped and counted.</summary>
    [Range(65_536, 1_073_741_824)]
    public int DatagramBuffer { get; set; } = 16 * 1024 * 1024;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        foreach (var (name, ports) in (IEnumerable<(string, Dictionary<string, string>)>)[(nameof(Tcp), Tcp), (nameof(Udp), Udp), (nameof(Tls), Tls)])
            foreach (var (port, integration) in ports)
                if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                    yield return new($"has {port}, which is no port", [name]);
                else if (string.IsNullOrWhiteSpace(integration))
                    yield return new("names no integration", [$"{name}__{port}"]);
        if (Address.Length > 0 && !IPAddress.TryParse(Address, out _))
            yield return new("is no address", [nameof(Address)]);
        if (SyslogNetwork.Wrong(Allowed) is { } wrong)
            yield return new($"has {wrong}, which is no network such as 10.1.0.0/16", [nameof(Allowed)]);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return new("is no time zone that this machine knows", [nameof(TimeZone)]);
        if (Tls.Count > 0 && (CertificateFile.Length == 0 || KeyFile.Length == 0))
            yield return new("is needed to listen for TLS", [CertificateFile.Length == 0 ? nameof(CertificateFile) : nameof(KeyFile)]);
        if (KeyFile.Length > 0 && !File.Exists(KeyFile))
            yield return new("names a file that is not there", [nameof(KeyFile)]);
    }
}

/// <summary>A network and whose lines come from it.</summary>
public sealed class SyslogNetwork : IValidatableObject
{
    /// <summary>Such as <c>10.1.0.0/16</c>; several, comma separated.</summary>
    [Required]
    public string Network { get; set; } = "";

    /// <summary>Name of an integration of the kind <c>logs</c>.</summary>
    [Required]
    public string Integration { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (Wrong(Network) is { } wrong)
            yield return new($"has {wrong}, which is no network such as 10.1.0.0/16", [nameof(Network)]);
    }

    internal static IEnumerable<string> Split(string networks) =>
        networks.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal static string? Wrong(string networks) => Split(networks).FirstOrDefault(network => !IPNetwork.TryParse(network, out _));
}
