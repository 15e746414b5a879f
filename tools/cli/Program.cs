using Sigma.Cli;

// The command sigma, one folder for each group of commands:
//   Status/      sigma status
//   Explain/     sigma explain
//   Doctor/      sigma doctor
//   Drills/      sigma drill
//   Alerts/      sigma alerts list | ack | close
//   Deliveries/  sigma deliveries list | retry
//   Receivers/   sigma receivers list | test
//   Texts/       sigma texts preview
//   Schema/      sigma schema
//   Errors/      sigma errors list | show | retry | drop
// Broker/, Data/ and Settings/ are what they reach the tracker by, or Consoles/ where a console is named; Tracker chooses.
return await CommandLine.Run(args, Console.Out, Console.Error);
