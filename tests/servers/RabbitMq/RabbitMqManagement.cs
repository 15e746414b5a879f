using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Sigma.TestServers.RabbitMq;

/// <summary>The little of the management page's API that tests need.</summary>
internal sealed class RabbitMqManagement : IDisposable
{
    readonly HttpClient _http;
    readonly string _username;

    public RabbitMqManagement(RabbitMqAddress address)
    {
        _username = address.Username;
        _http = new HttpClient { BaseAddress = address.ManagementUrl };
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{address.Username}:{address.Password}"));
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
    }

    /// <summary>The broker's version, once it takes connections: the page answers a little before the broker does.</summary>
    public async Task<string> Version(CancellationToken ct)
    {
        var overview = await _http.GetFromJsonAsync<JsonElement>("/api/overview", ct);
        var listens = overview.GetProperty("listeners").EnumerateArray().Any(listener => listener.GetProperty("protocol").GetString() == "amqp");
        return listens
            ? overview.GetProperty("rabbitmq_version").GetString()! : throw new InvalidOperationException("the broker does not listen yet");
    }

    public async Task CreateVirtualHost(string name, CancellationToken ct)
    {
        await Accept(await _http.PutAsync($"/api/vhosts/{Uri.EscapeDataString(name)}", JsonContent.Create(new { }), ct));
        var everything = JsonContent.Create(new { configure = ".*", write = ".*", read = ".*" });
        await Accept(await _http.PutAsync($"/api/permissions/{Uri.EscapeDataString(name)}/{Uri.EscapeDataString(_username)}", everything, ct));
    }

    public async Task DeleteVirtualHost(string name, CancellationToken ct) =>
        await Accept(await _http.DeleteAsync($"/api/vhosts/{Uri.EscapeDataString(name)}", ct));

    public async Task<int> CutConnections(CancellationToken ct)
    {
        var connections = await _http.GetFromJsonAsync<JsonElement>("/api/connections", ct);
        var names = connections.EnumerateArray().Select(connection => connection.GetProperty("name").GetString()!).ToList();
        foreach (var name in names)
        {
            using var _ = await _http.DeleteAsync($"/api/connections/{Uri.EscapeDataString(name)}", ct); // it may be gone by now
        }
        return names.Count;
    }

    public void Dispose() => _http.Dispose();

    static async Task Accept(HttpResponseMessage response)
    {
        using (response)
        {
            if (response.IsSuccessStatusCode) return;
            throw new InvalidOperationException(
                $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri} answered {(int)response.StatusCode}: "
                    + $"{await response.Content.ReadAsStringAsync()}");
        }
    }
}
