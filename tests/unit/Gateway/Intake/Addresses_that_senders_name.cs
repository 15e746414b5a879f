using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sigma.Gateway;
using Sigma.Gateway.Intake;
using Sigma.Hosting.Http;

namespace Sigma.UnitTests.Gateway.Intake;

/// <summary>Addresses are looked at before any call: else whoever can send could have us call what only we can reach.</summary>
public sealed class Addresses_that_senders_name
{
    readonly CheckedAddress _addresses = Of(new());

    [Theory]
    [InlineData("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=x", "aws")]
    [InlineData("https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-1.pem", "aws")]
    [InlineData("https://cell1.notification.eu-frankfurt-1.oci.oraclecloud.com/20181201/subscriptions/x/confirmation", "oci")]
    [InlineData("https://login.microsoftonline.com/8a7d6b1e-0000-4000-8000-000000000000/discovery/v2.0/keys", "azure")]
    public void Are_called_where_they_are_the_vendors(string address, string kind) => Assert.Null(_addresses.Fault(new Uri(address), kind));

    [Theory]
    [InlineData("http://sns.eu-west-1.amazonaws.com/", "aws")]
    [InlineData("https://sns.eu-west-1.amazonaws.com:8443/", "aws")]
    [InlineData("https://user@sns.eu-west-1.amazonaws.com/", "aws")]
    [InlineData("https://sns.eu-west-1.amazonaws.com.evil.example/", "aws")]
    [InlineData("https://evil.example/sns.eu-west-1.amazonaws.com", "aws")]
    [InlineData("https://evilsns.eu-west-1.amazonaws.com/", "aws")]
    [InlineData("https://s3.eu-west-1.amazonaws.com/sns.pem", "aws")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/", "oci")]
    [InlineData("https://eviloraclecloud.com/", "oci")]
    [InlineData("https://oraclecloud.com.evil.example/", "oci")]
    [InlineData("https://169.254.169.254/latest/meta-data", "aws")]
    [InlineData("https://[::1]/", "oci")]
    [InlineData("https://login.microsoftonline.com.evil.example/", "azure")]
    [InlineData("https://login-microsoftonline.com/", "azure")]
    [InlineData("https://login.microsoftonline.com/", "aws")]
    [InlineData("https://localhost/", "generic")]
    public void Are_not_called_where_they_are_not(string address, string kind) => Assert.NotNull(_addresses.Fault(new Uri(address), kind));

    [Theory]
    [InlineData("https://cell1.notification.us-langley-1.oci.oraclegovcloud.com/x", true)]
    [InlineData("https://oraclegovcloud.com/x", false)]
    [InlineData("https://eviloraclegovcloud.com/x", false)]
    [InlineData("https://n.oraclegovcloud.com.evil.example/x", false)]
    [InlineData("https://n.oraclegovcloud.com:8443/x", false)]
    [InlineData("http://n.oraclegovcloud.com/x", false)]
    [InlineData("https://ours.example:8443/x", true)]
    [InlineData("https://ours.example/x", false)]
    public void Are_called_at_further_hosts_by_setting(string address, bool isCalled)
    {
        GatewayOptions options = new();
        options.Confirmations.Hosts["oci"] = ".oraclegovcloud.com, ours.example:8443";
        Assert.Equal(isCalled, Of(options).Fault(new Uri(address), "oci") is null);
    }

    static CheckedAddress Of(GatewayOptions options) => new(new ServiceCollection().AddHttpClient().AddSingleton(TimeProvider.System).AddApiClients()
        .BuildServiceProvider().GetRequiredService<ApiClients>(), Options.Create(options));
}
