using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sigma.Fetcher;
using Sigma.Fetcher.Events;
using Sigma.Hosting;
using Sigma.Hosting.Http;
using Sigma.Segware;

namespace Sigma.ServiceTests.Fetcher;

public sealed class Bounded_answers
{
    [Fact]
    public async Task A_small_packet_that_unpacks_to_more_than_an_answer_may_have_is_given_up_and_asked_for_in_halves()
    {
        await using var api = await Api(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using GZipStream packed = new(context.Response.Body, CompressionLevel.SmallestSize);
            await packed.WriteAsync(Encoding.UTF8.GetBytes("[{\"accountId\":\""));
            var filling = new byte[64 * 1024];
            Array.Fill(filling, (byte)'x');
            for (var i = 0; i < 2000; i++) // 125 MB
                await packed.WriteAsync(filling, context.RequestAborted);
        });

        var failure = await Assert.ThrowsAsync<OverLimitException>(() => Segware(api, megabytes: 1).Get("v1/events", Drain, CancellationToken.None));

        Assert.Contains("larger than 1 MB", failure.Message);
    }

    [Fact]
    public async Task An_answer_that_is_read_whole_has_a_limit_of_its_own()
    {
        await using var api = await Api(async context =>
        {
            await context.Response.WriteAsync("{\"tradeName\":\"");
            for (var i = 0; i < 20; i++)
                await context.Response.WriteAsync(new string('x', 1 << 20));
            await context.Response.WriteAsync("\"}");
        });

        await Assert.ThrowsAsync<OverLimitException>(() => Segware(api, megabytes: 64)
            .GetObject("v1/company/1", answer => answer.GetRawText(), CancellationToken.None));
    }

    [Fact]
    public async Task An_answer_nested_without_end_is_a_failure_and_no_crash()
    {
        await using var api = await Api(context => context.Response.WriteAsync("[" + string.Concat(Enumerable.Repeat("{\"a\":", 100_000))));
        var reader = new EventReader(new EventTime(Options.Create(new SegwareOptions())), new EventFilter(Options.Create(new FetcherOptions())));

        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => Segware(api, megabytes: 64).Get("v1/events",
            (body, ct) => reader.Read(body, new Sigma.Fetcher.Coverage.Slice(0, 1), 100, ct), CancellationToken.None));
    }

    [Fact]
    public async Task The_body_of_an_error_is_kept_short_and_without_the_token()
    {
        await using var api = await Api(async context =>
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync($"you sent {context.Request.Headers.Authorization} {new string('x', 100_000)}");
        });

        var failure = await Assert.ThrowsAsync<ApiException>(() => Segware(api, megabytes: 64).Get("v1/events", Drain, CancellationToken.None));

        Assert.InRange(failure.Message.Length, 100, 2100);
        Assert.Contains("you sent Bearer …", failure.Message);
    }

    static async Task<long> Drain(Stream body, CancellationToken ct)
    {
        await body.CopyToAsync(Stream.Null, ct);
        return 0;
    }

    static SegwareApi Segware(WebApplication api, int megabytes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Segware:BaseUrl"] = api.Urls.First();
        builder.Configuration["Segware:BearerToken"] = "a-very-secret-token";
        builder.Configuration["Segware:AnswerMegabytes"] = $"{megabytes}";
        builder.Configuration["Segware:Patience:Retries"] = "0";
        return new ServiceBuilder("test", builder).AddSegware().Services.BuildServiceProvider().GetRequiredService<SegwareApi>();
    }

    static async Task<WebApplication> Api(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }
}
