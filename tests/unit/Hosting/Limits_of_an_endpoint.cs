using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sigma.Hosting.Limits;

namespace Sigma.UnitTests.Hosting;

/// <summary>Two endpoints beside each other: one that names no limits, and one with its own.</summary>
public sealed class Limits_of_an_endpoint : IAsyncLifetime
{
    const int Large = 1 << 20;

    static readonly EndpointLimits Own = new(Large, TimeSpan.FromMilliseconds(300), Requests: 2);

    readonly TaskCompletionSource _go = new();
    readonly SemaphoreSlim _came = new(0);
    readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(ServerLimits.Set);
        builder.Services.AddEndpointLimits();
        _app = builder.Build();
        _app.UseEndpointLimits();
        _app.MapPost("/small", Read);
        _app.MapPost("/own", Read).WithLimits(Own);
        _app.MapPost("/slow", (CancellationToken ct) => Task.Delay(Timeout.Infinite, ct)).WithLimits(Own);
        _app.MapGet("/held", Hold).WithLimits(Own with { Timeout = TimeSpan.FromSeconds(20) });
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.First());
    }

    [Theory]
    [InlineData("/small", EndpointLimits.SmallBody, HttpStatusCode.OK)]
    [InlineData("/small", EndpointLimits.SmallBody + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/own", EndpointLimits.SmallBody + 1, HttpStatusCode.OK)]
    [InlineData("/own", Large, HttpStatusCode.OK)]
    [InlineData("/own", Large + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_above_its_size_is_refused_and_a_larger_one_beside_it_is_taken(string endpoint, int size, HttpStatusCode status)
    {
        using var answer = await _http.PostAsync(endpoint, new ByteArrayContent(new byte[size]));
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task An_answer_that_takes_longer_than_its_time_is_given_up()
    {
        using var answer = await _http.PostAsync("/slow", null);
        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
    }

    [Fact]
    public async Task More_requests_than_its_number_are_refused_while_another_endpoint_answers()
    {
        var held = Enumerable.Range(0, Own.Requests).Select(_ => _http.GetAsync("/held")).ToList();
        foreach (var _ in held)
            await _came.WaitAsync();

        using (var refused = await _http.GetAsync("/held"))
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        using (var beside = await _http.PostAsync("/small", null))
            Assert.Equal(HttpStatusCode.OK, beside.StatusCode);

        _go.SetResult();
        foreach (var answer in await Task.WhenAll(held))
            using (answer)
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var next = await _http.GetAsync("/held");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    static async Task Read(HttpRequest request) => await request.Body.CopyToAsync(Stream.Null, request.HttpContext.RequestAborted);

    async Task Hold()
    {
        _came.Release();
        await _go.Task;
    }
}
