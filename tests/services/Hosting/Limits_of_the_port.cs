using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Sigma.Hosting;
using Sigma.Hosting.Limits;

namespace Sigma.ServiceTests.Hosting;

/// <summary>A service as a station runs it, with an endpoint that reads whatever it is sent.</summary>
public sealed class Limits_of_the_port : IAsyncLifetime
{
    readonly string _file = Path.Combine(Path.GetTempPath(), $"limits-{Guid.NewGuid():N}.db");
    readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    WebApplication _service = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Provider"] = "Sqlite", ["Storage:ConnectionString"] = $"Data Source={_file};Pooling=False", ["Bus:Transport"] = "InMemory",
            ["LOG_FORMAT"] = "none",
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _service = await ServiceHost.Start("limits", builder, service => service.Endpoints(app => app.MapPost("/read", async (HttpRequest request) =>
        {
            await request.Body.CopyToAsync(Stream.Null, request.HttpContext.RequestAborted);
            return "read";
        })), CancellationToken.None);
        _http.BaseAddress = new Uri(_service.Urls.First());
    }

    [Theory]
    [InlineData(EndpointLimits.SmallBody, HttpStatusCode.OK)]
    [InlineData(EndpointLimits.SmallBody + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_request_of_more_than_64_KB_is_refused(int size, HttpStatusCode status)
    {
        using var answer = await _http.PostAsync("/read", new ByteArrayContent(new byte[size]));
        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData(1, 8 * 1024, HttpStatusCode.OK)]
    [InlineData(1, 17 * 1024, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    [InlineData(40, 1, HttpStatusCode.OK)]
    [InlineData(60, 1, HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task Many_headers_and_long_ones_are_refused(int headers, int length, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        for (var i = 0; i < headers; i++)
            request.Headers.Add($"X-Header-{i}", new string('x', length));
        using var answer = await _http.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_long_address_is_refused()
    {
        using var answer = await _http.GetAsync($"/health/live?{new string('x', 5 * 1024)}");
        Assert.Equal(HttpStatusCode.RequestUriTooLong, answer.StatusCode);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _service.StopAsync();
        await _service.DisposeAsync();
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_file) + "*"))
            File.Delete(file);
    }
}
