extern alias hosting;
using hosting::Sigma.Hosting.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Sigma.ServiceTests.Compose;

public sealed class Health_check_of_a_container
{
    [Fact]
    public void Is_what_the_program_does_when_it_is_asked_and_only_then()
    {
        Assert.True(HealthProbe.IsAskedFor(["--health"]));
        Assert.False(HealthProbe.IsAskedFor([]));
        Assert.False(HealthProbe.IsAskedFor(["--health", "--urls=http://127.0.0.1:0"]));
    }

    [Fact]
    public async Task Ends_with_0_while_the_service_is_ready_and_with_1_when_it_is_not_or_does_not_answer()
    {
        var ready = true;
        var service = WebApplication.CreateSlimBuilder().Build();
        service.Urls.Add("http://127.0.0.1:0");
        service.MapGet("/health/ready", () => Results.StatusCode(ready ? 200 : 503));
        await service.StartAsync();
        var address = new Uri(service.Urls.First());

        Assert.Equal(0, await HealthProbe.Ask(address));
        ready = false;
        Assert.Equal(1, await HealthProbe.Ask(address));
        await service.DisposeAsync();
        Assert.Equal(1, await HealthProbe.Ask(address));
    }
}
