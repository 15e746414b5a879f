using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Sigma.Hosting.Http;

/// <summary>Makes the clients of outside APIs of which only the settings say how many there are.</summary>
public sealed class ApiClients
{
    readonly IHttpClientFactory _clients;
    readonly ApiClientHandlers _handlers;

    internal ApiClients(IHttpClientFactory clients, ApiClientHandlers handlers)
    {
        _clients = clients;
        _handlers = handlers;
    }

    /// <summary>A client that is kept: its connections are renewed by themselves. The time-out is left to the caller's pipeline.</summary>
    public HttpClient Create(string name, ApiClientSettings settings)
    {
        _handlers.Add(name, settings);
        var client = _clients.CreateClient(name);
        client.Timeout = Timeout.InfiniteTimeSpan;
        return client;
    }
}

/// <summary>How the client of an API goes about it.</summary>
public sealed record ApiClientSettings
{
    /// <summary>PEM file of authorities that may have signed the API's certificate, besides the system's.</summary>
    public string CaFile { get; init; } = "";

    /// <summary>Is told why a server's certificate is refused.</summary>
    public Action<string> Refused { get; init; } = _ => { };

    /// <summary>Whether the address itself is a secret: then no span of a call is recorded.</summary>
    public bool SecretAddress { get; init; }

    /// <summary>Whether redirects within the API's own host are followed.</summary>
    public bool FollowRedirects { get; init; } = true;

    /// <summary>Whether names that lead to private addresses are refused.</summary>
    public bool PublicAddressesOnly { get; init; }
}

/// <summary>The handlers of these clients, by the clients' names.</summary>
internal sealed class ApiClientHandlers(TimeProvider time) : IConfigureNamedOptions<HttpClientFactoryOptions>
{
    readonly ConcurrentDictionary<string, ApiClientSettings> _known = new();

    public void Add(string name, ApiClientSettings settings) => _known[name] = settings;

    public void Configure(HttpClientFactoryOptions options) { }

    public void Configure(string? name, HttpClientFactoryOptions options)
    {
        if (name is null || !_known.TryGetValue(name, out var settings))
            return;
        options.HttpMessageHandlerBuilderActions.Add(builder =>
        {
            builder.PrimaryHandler = ApiClient.Handler(settings);
            builder.AdditionalHandlers.Add(new ClockReadingHandler(time, _ => { }));
        });
    }
}
