using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Sigma.OperatorConsole.Access.Http;

/// <summary>
/// The proxies and balancers before the console: what they say of who asks (<c>X-Forwarded-For</c>) and how (<c>X-Forwarded-Proto</c>) is believed,
/// of nobody else. Without it all people share the proxy's address, by which sign-ins are limited, and cookies are not kept to https.
/// </summary>
internal static class TrustedProxies
{
    public static void Use(WebApplication app)
    {
        var networks = Split(app.Services.GetRequiredService<IOptions<ConsoleOptions>>().Value.Proxies).Select(Network).OfType<IPNetwork>().ToList();
        if (networks.Count == 0)
            return;
        ForwardedHeadersOptions options = new()
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null, // from proxy to proxy, as long as each is one of ours
        };
        options.KnownProxies.Clear(); // by default this very machine is believed
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    /// <summary>The first that is neither an address nor a network; null when there is none.</summary>
    public static string? Wrong(string proxies) => Split(proxies).FirstOrDefault(proxy => Network(proxy) is null);

    static IEnumerable<string> Split(string proxies) =>
        proxies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static IPNetwork? Network(string proxy) => IPNetwork.TryParse(proxy, out var network) ? network
        : IPAddress.TryParse(proxy, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
}
