using Microsoft.Extensions.Options;

namespace Sigma.OperatorConsole.Integrations;

/// <summary>Where senders reach the gateway, as it is shown to those who set them up.</summary>
internal sealed class GatewayAddress(IOptions<ConsoleOptions> options)
{
    // As docker-compose.yml publishes it.
    const int UsualPort = 8090;

    /// <summary>The address, without a slash at its end.</summary>
    public string Of(HttpRequest request) => options.Value switch
    {
        { GatewayShownAs: { Length: > 0 } shown } => shown.TrimEnd('/'),
        { Gateway.Length: > 0 } => $"{request.Scheme}://{new HostString(request.Host.Host, UsualPort)}",
        _ => $"{request.Scheme}://{request.Host}",
    };

    /// <summary>The path by which an integration of a kind is sent to.</summary>
    public static string Path(string kind, string name) => kind switch
    {
        "alertmanager" => "/api/v2/alerts",
        "beats" => "/ping/…",
        "metrics" => "/api/v1/write",
        _ => $"/in/{name}",
    };
}
