using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Fetcher.Polling;

namespace Sigma.IntegrationTests.Stations;

/// <summary>A running fetcher whose polls the test decides on.</summary>
internal sealed class Fetching(WebApplication service)
{
    public WebApplication Service => service;

    public Task<PollResult> Poll() => service.Services.GetRequiredService<Poll>().Run(CancellationToken.None);
}
