using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;

namespace Sigma.Hosting.Api;

/// <summary>Where a service answers: where the settings say, else in this very process.</summary>
/// <param name="setting">The setting that says so.</param>
/// <param name="configured">What it says; empty when nothing.</param>
/// <param name="server">The server of this process.</param>
public sealed class ServiceAddress(string setting, string configured, IServer server)
{
    Uri? _found = configured.Length > 0 ? new Uri(configured.TrimEnd('/') + "/") : null;

    /// <summary>The setting that says so.</summary>
    public string Setting => setting;

    /// <summary>The address, with a slash at its end; null when this process does not listen yet, or not to plain HTTP.</summary>
    public Uri? Find() => _found ??= Own(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);

    /// <summary>The first address of plain HTTP; one that means every address of the machine is reached by its loopback.</summary>
    public static Uri? Own(IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            var binding = BindingAddress.Parse(address);
            if (binding.IsUnixPipe || binding.IsNamedPipe || !binding.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase))
                continue;
            var host = binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : binding.Host;
            return new UriBuilder(Uri.UriSchemeHttp, host, binding.Port, binding.PathBase.TrimEnd('/') + "/").Uri;
        }
        return null;
    }
}
