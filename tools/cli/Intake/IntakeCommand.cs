using System.CommandLine;

namespace Sigma.Cli.Intake;

/// <summary><c>sigma intake</c>: what was delivered to the gateway, raw, and what was understood of it.</summary>
internal static class IntakeCommand
{
    public static Command Create() => new("intake",
        """
        What was delivered to the gateway: raw, and what was understood of it or why not. Kept for Gateway__KeepBodies. What came by a protocol of
        lines, samples or beats is not in it.
        """)
    {
        ListIntake.Create(), ShowIntake.Create(), ReplayIntake.Create(),
    };

    public static Argument<long> Number() => new("number") { Description = "Number of the delivery, as 'list' shows it" };
}
