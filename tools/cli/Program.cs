using Sigma.Cli;

// The command sigma, one folder for each group of commands:
//   Drills/      sigma drill
//   Errors/      sigma errors list | show | retry | drop
// Broker/, Data/ and Settings/ are what they reach the tracker by.
return await CommandLine.Run(args, Console.Out, Console.Error);
