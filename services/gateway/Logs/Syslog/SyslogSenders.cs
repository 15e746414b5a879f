using System.Net;
using Microsoft.Extensions.Options;
using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Logs.Syslog;

/// <summary>Whose lines come from where.</summary>
internal sealed class SyslogSenders
{
    readonly IntegrationBook _book;
    readonly ILogger<SyslogSenders> _log;
    readonly IPNetwork[] _allowed;
    readonly (IPNetwork Network, string Integration)[] _networks;
    readonly HashSet<string> _missing = [];

    public SyslogSenders(IntegrationBook book, IOptions<GatewayOptions> options, ILogger<SyslogSenders> log)
    {
        (_book, _log) = (book, log);
        var syslog = options.Value.Syslog;
        _allowed = [.. SyslogNetwork.Split(syslog.Allowed).Select(IPNetwork.Parse)];
        _networks = [.. syslog.Networks
            .SelectMany(network => SyslogNetwork.Split(network.Network).Select(one => (Network: IPNetwork.Parse(one), network.Integration)))
            .OrderByDescending(network => network.Network.PrefixLength)];
    }

    /// <summary>The address as it is written, also where IPv4 comes over IPv6.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>Whether an address may send.</summary>
    public bool MaySend(IPAddress sender) => _allowed.Length == 0 || Array.Exists(_allowed, network => network.Contains(sender));

    /// <summary>
    /// The integration of the smallest network that a sender is in, or of the port; null when it is not there, off, or of another kind.
    /// </summary>
    public Integration? Find(IPAddress sender, string ofPort)
    {
        var name = ofPort;
        foreach (var (network, integration) in _networks)
            if (network.Contains(sender))
            {
                name = integration;
                break;
            }
        if (_book.Find(name) is { Kind: IntegrationKind.Logs } found)
            return found;
        lock (_missing)
            if (_missing.Add(name))
                _log.LogError("Syslog is refused: there is no integration {Integration} of the kind {Kind} that is on", name, IntegrationKind.Logs);
        return null;
    }
}
