{-# LANGUAGE TypeFamilies #-}
-- What GHC's parser finds in files whose paths come on standard input: one JSON object a line.
-- Preprocessor lines are blanked, so that all branches are read.
module Main (main) where

import Control.Monad (forM_)
import Control.Monad.IO.Class (liftIO)
import Data.Char (ord)
import Data.List (foldl', intercalate, isPrefixOf)
import qualified Data.Map as Map
import System.Environment (getArgs)
import System.IO
import Text.Printf (printf)

import GHC hiding (parseModule)
import GHC.Data.Bag (bagToList)
import GHC.Data.FastString (mkFastString)
import GHC.Data.StringBuffer (stringToStringBuffer)
import GHC.Driver.Session
import GHC.LanguageExtensions.Type (Extension (..))
import GHC.Parser (parseModule)
import GHC.Parser.Header (getOptions)
import GHC.Parser.Lexer (P (unP), ParseResult (..), mkPState)
import GHC.Types.Name.Occurrence (occNameString)
import GHC.Types.Name.Reader (RdrName, rdrNameOcc)
import GHC.Types.SrcLoc (mkRealSrcLoc)

type Fact = (String, String, String, Int)

main :: IO ()
main = do
  [libdir] <- getArgs
  hSetEncoding stdin utf8
  hSetEncoding stdout utf8
  paths <- lines <$> getContents
  runGhc (Just libdir) $ do
    base <- getSessionDynFlags
    forM_ paths $ \path -> liftIO $ do
      handle <- openFile path ReadMode
      enc <- mkTextEncoding "UTF-8//IGNORE"
      hSetEncoding handle enc
      text <- unlines . blanked False . lines <$> hGetContents handle
      let buffer = stringToStringBuffer text
          options = [option | option <- getOptions base buffer path, wanted (unLoc option)]
      (flags, _, _) <- parseDynamicFilePragma (foldl' xopt_set base known) options
      case unP parseModule (mkPState flags buffer (mkRealSrcLoc (mkFastString path) 1 1)) of
        POk _ parsed -> putStrLn (object path (show' (merged (facts (unLoc parsed)))))
        PFailed _ -> putStrLn (object path "\"error\": \"GHC reports a syntax error\"")
      hClose handle
 where
  object path rest = "{\"path\": " ++ string path ++ ", " ++ rest ++ "}"
  show' found = "\"facts\": [" ++ intercalate ", " (map fact found) ++ "]"
  fact (t, n, k, l) = "[" ++ intercalate ", " [string t, string n, string (if k == instanceMethod then "method" else k), show l] ++ "]"
  wanted option = any (`isPrefixOf` option) ["-X", "-f"]

string :: String -> String
string text = "\"" ++ concatMap escape text ++ "\""
 where
  escape c
    | c `elem` "\"\\" = ['\\', c]
    | ord c < 32 = printf "\\u%04x" (ord c)
    | otherwise = [c]

blanked :: Bool -> [String] -> [String]
blanked _ [] = []
blanked continued (line : rest)
  | continued || "#" `isPrefixOf` line && not ("#!" `isPrefixOf` line) = "" : blanked (endsWith line) rest
  | otherwise = line : blanked False rest
 where
  endsWith text = not (null text) && last text == '\\'

known :: [Extension]
known =
  [ LambdaCase, TupleSections, BangPatterns, MultiWayIf, GADTs, TypeFamilies, RankNTypes, ExistentialQuantification
  , KindSignatures, ScopedTypeVariables, TypeApplications, DerivingStrategies, DerivingVia, GeneralizedNewtypeDeriving
  , StandaloneDeriving, FlexibleContexts, FlexibleInstances, MultiParamTypeClasses, FunctionalDependencies, ViewPatterns
  , RecordWildCards, RecordPuns, TypeOperators, ImportQualifiedPost, NumericUnderscores, DefaultSignatures
  , BlockArguments, PatternSynonyms, EmptyCase, EmptyDataDeriving, DeriveAnyClass, DeriveTraversable, PackageImports
  , ConstraintKinds, DataKinds, PolyKinds, RoleAnnotations, ParallelListComp, MonadComprehensions, NegativeLiterals
  , ForeignFunctionInterface, CApiFFI
  ]

-- A signature and the equations of a name are one definition, which begins with the first of them.
merged :: [Fact] -> [Fact]
merged found = single ++ [(t, n, k, l) | ((t, n, k), l) <- Map.toList first]
 where
  together (_, _, k, _) = k `elem` ["function", "method", "pattern"]
  single = filter (not . together) found
  first = Map.fromListWith min [((t, n, k), l) | (t, n, k, l) <- filter together found]

facts :: HsModule -> [Fact]
facts parsed =
  [("definition", moduleNameString (unLoc name), "module", lineOf name) | Just name <- [hsmodName parsed]]
    ++ map (imported . unLoc) (hsmodImports parsed)
    ++ concatMap (declared . unLoc) (hsmodDecls parsed)

lineOf :: Located a -> Int
lineOf located = case getLoc located of
  RealSrcSpan place _ -> srcSpanStartLine place
  UnhelpfulSpan _ -> 0

text :: RdrName -> String
text = occNameString . rdrNameOcc

at :: String -> String -> Located RdrName -> Fact
at scope kind name = ("definition", if null scope then text (unLoc name) else scope ++ "." ++ text (unLoc name), kind, lineOf name)

imported :: ImportDecl GhcPs -> Fact
imported one = ("import", moduleNameString (unLoc (ideclName one)) ++ alias ++ names, form, lineOf (ideclName one))
 where
  alias = maybe "" ((" as " ++) . moduleNameString . unLoc) (ideclAs one)
  isQualified = if ideclQualified one == NotQualified then "import" else "import qualified"
  form = case ideclHiding one of
    Just (True, _) -> isQualified ++ " hiding"
    _ -> isQualified
  names = case ideclHiding one of
    Just (False, listed) -> ": " ++ intercalate "," (concatMap (item . unLoc) (unLoc listed))
    _ -> ": "
  item (IEVar _ name) = [wrapped name]
  item (IEThingAbs _ name) = [wrapped name]
  item (IEThingAll _ name) = [wrapped name]
  item (IEThingWith _ name _ _ _) = [wrapped name]
  item _ = []
  wrapped = text . ieWrappedName . unLoc

declared :: HsDecl GhcPs -> [Fact]
declared (TyClD _ one) = typed one
declared (InstD _ (ClsInstD _ one)) = instanced one
declared (InstD _ (DataFamInstD _ one)) = family one
declared (ValD _ one) = bound "" "function" one
declared (SigD _ (TypeSig _ names _)) = map (at "" "function") names
declared (SigD _ (PatSynSig _ names _)) = map (at "" "pattern") names
declared (ForD _ one@ForeignImport {}) = [at "" "function" (fd_name one)]
declared _ = []

typed :: TyClDecl GhcPs -> [Fact]
typed (FamDecl _ one) = [familyOf "" one]
typed (SynDecl _ name _ _ _) = [at "" "type" name]
typed (DataDecl _ name _ _ body) = at "" (newOrData body) name : constructors (text (unLoc name)) body
typed one@ClassDecl {} =
  at "" "class" (tcdLName one)
    : map (familyOf scope . unLoc) (tcdATs one)
    ++ concat [map (at scope "method") names | L _ (ClassOpSig _ False names _) <- tcdSigs one]
    ++ concatMap (bound scope "method" . unLoc) (bagToList (tcdMeths one))
 where
  scope = text (unLoc (tcdLName one))

newOrData :: HsDataDefn GhcPs -> String
newOrData body = case dd_ND body of
  NewType -> "newtype"
  DataType -> "data"

familyOf :: String -> FamilyDecl GhcPs -> Fact
familyOf scope one = at scope kind (fdLName one)
 where
  kind = case fdInfo one of
    DataFamily -> "data family"
    _ -> "type family"

constructors :: String -> HsDataDefn GhcPs -> [Fact]
constructors scope body = concatMap (constructor . unLoc) (dd_cons body)
 where
  constructor (ConDeclGADT {con_names = names, con_args = arguments}) = map (at scope "constructor") names ++ fields arguments
  constructor (ConDeclH98 {con_name = name, con_args = arguments}) = at scope "constructor" name : fields arguments
  fields (RecCon (L _ listed)) = [at scope "field" (rdrNameFieldOcc name) | L _ field <- listed, L _ name <- cd_fld_names field]
  fields _ = []

family :: DataFamInstDecl GhcPs -> [Fact]
family (DataFamInstDecl (HsIB _ equation)) =
  at "" "data instance" name : constructors (text (unLoc name)) (feqn_rhs equation)
 where
  name = feqn_tycon equation

instanced :: ClsInstDecl GhcPs -> [Fact]
instanced one = case getLHsInstDeclClass_maybe (cid_poly_ty one) of
  Nothing -> []
  Just name ->
    at "" "instance" name
      : concatMap (bound (text (unLoc name)) instanceMethod . unLoc) (bagToList (cid_binds one))
      ++ concat [[(t, text (unLoc name) ++ "." ++ n, k, l) | (t, n, k, l) <- family inner] | L _ inner <- cid_datafam_insts one]

bound :: String -> String -> HsBind GhcPs -> [Fact]
bound scope kind one@FunBind {} = [at scope kind (fun_id one)]
bound scope _ (PatSynBind _ synonym) = [at scope "pattern" (psb_id synonym)]
bound _ _ _ = []

-- Told from methods of classes until all is merged: several instances of one class have methods of one name.
instanceMethod :: String
instanceMethod = "method of an instance"
