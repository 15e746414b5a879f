using Microsoft.Extensions.Options;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Routing;

/// <summary>Checks that what the policy names is there.</summary>
internal sealed class PolicyCheck(IConfiguration configuration) : IValidateOptions<NotifierOptions>
{
    public ValidateOptionsResult Validate(string? name, NotifierOptions options)
    {
        try
        {
            var failures = Failures(options, ReceiverSettings.Read(configuration));
            return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
        {
            return ValidateOptionsResult.Skip; // who reads the receivers says what is wrong with them
        }
    }

    public static List<string> Failures(NotifierOptions options, ReceiverSettings receivers)
    {
        List<string> failures = [];
        var names = receivers.All.Select(receiver => receiver.Name).ToList();
        CheckTwins("Routes", options.Routes.Select(route => route.Name));
        for (var i = 0; i < options.Routes.Count; i++)
        {
            var route = options.Routes[i];
            var before = options.Routes.Take(i).Select(other => other.Name);
            if (route.Parent.Length > 0 && !before.Contains(route.Parent))
                failures.Add($"Notifier__Routes__{i}__Parent is {route.Parent}, which is no route that stands before it");
            CheckReceiver($"Routes__{i}", route.Receiver);
        }
        return failures;

        void CheckReceiver(string at, string receiver)
        {
            if (receiver.Length > 0 && !names.Contains(receiver))
                failures.Add($"Notifier__{at}__Receiver is {receiver}, which is none of the receivers: {string.Join(", ", names)}");
        }

        void CheckTwins(string section, IEnumerable<string> named)
        {
            var all = named.ToList();
            for (var i = 0; i < all.Count; i++)
                if (all[i].Length > 0 && all.IndexOf(all[i]) is var first && first < i)
                    failures.Add($"Notifier__{section}__{i}__Name is {all[i]}, which Notifier__{section}__{first} has already");
        }
    }
}
